package dev.genstore.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import java.util.Map;

/** What is expected of a token that lets nobody in. */
final class Refusal {
    /** The sentences that are told, by the words that tables have for them. */
    private static final Map<String, String> TOLD = Map.ofEntries(
            Map.entry("signed", "The token is not signed as an issuer of this server signs."),
            Map.entry("malformed", "The token is malformed."),
            Map.entry("no jwt", "The token is neither an API key nor a signed JWT."),
            Map.entry("demands", "The token demands what this server does not do."),
            Map.entry("type", "The token is of a type that lets nobody in."),
            Map.entry("audience", "The token is for another audience."),
            Map.entry("subject", "The token does not say of whom it is."),
            Map.entry("endless", "The token does not say when it expires."),
            Map.entry("expired", "The token has expired."),
            Map.entry("early", "The token is not valid yet."),
            Map.entry("time", "A time in the token is not a number of seconds."));

    private Refusal() {}

    /** The token is refused with this sentence, is not remembered, and nobody whom it names is asked. */
    static void require(TokenRig rig, String token, String word) {
        Problem problem = catchThrowableOfType(Problem.class, () -> rig.tokens.verify(token));
        assertThat(problem).as("it is refused").isNotNull();
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_TOKEN);
        assertThat(problem.detail()).isEqualTo(TOLD.get(word));
        assertThat(problem.headers())
                .containsEntry(
                        "WWW-Authenticate",
                        "Bearer realm=\"genstore\", error=\"invalid_token\","
                                + " error_description=\"" + TOLD.get(word) + "\"");
        assertThat(rig.tokens.recall(token)).as("what is remembered").isNull();
        assertThat(rig.fetched).noneMatch(url -> "evil.example".equals(url.getHost()));
    }
}
