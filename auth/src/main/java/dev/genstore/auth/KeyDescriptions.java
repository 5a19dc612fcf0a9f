package dev.genstore.auth;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Answer;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.Parameter;

/** What the actions of API keys do, for the documents of the API. */
final class KeyDescriptions {
    private static final String MEMBERS = """
            "id":{"type":"string","description":"What it is called by; it opens nothing."},
            "name":{"type":"string"},
            "scopes":{"type":"array","items":{"type":"string"}},
            "state":{"enum":["good","expired","revoked"]},
            "created":{"type":"string","format":"date-time"},
            "expires":{"type":"string","format":"date-time"},
            "revoked":{"type":"string","format":"date-time"}""";

    private static final String SHOWN = """
            {"type":"object","required":["id","name","scopes","state","created"],
             "additionalProperties":false,"properties":{%s}}""".formatted(MEMBERS);

    private static final String MADE = """
            {"type":"object","required":["id","name","scopes","state","created","key"],
             "additionalProperties":false,"properties":{%s,
              "key":{"type":"string","description":"The key itself, which is not shown again."}}}\
            """.formatted(MEMBERS);

    private static final String WANTED = """
            {"type":"object","required":["name"],"additionalProperties":false,"properties":{
              "name":{"type":"string","maxLength":100,"description":"What it is for."},
              "scopes":{"type":"array","items":{"type":"string","maxLength":100},"maxItems":32,
               "description":"What it may be used for, as rules understand it; admin for all."},
              "expires":{"type":"string","format":"date-time",
               "description":"Until when it is good; without it, for ever."}}}""";

    private static final Parameter CACHE_CONTROL =
            Parameter.header("Cache-Control", "That it is kept by nobody.", Parameter.TEXT);
    private static final Parameter LOCATION =
            Parameter.header("Location", "Where it is listed.", Parameter.TEXT);
    private static final Parameter ID = Parameter.path("id", "The key's id.", Parameter.TEXT);

    private KeyDescriptions() {}

    static Description listing() {
        return described("listKeys", "All API keys, the oldest first")
                .saying("Those that were revoked or have expired, too. No key is shown itself.")
                .answers(shown("""
                        {"type":"object","required":["keys"],"additionalProperties":false,
                         "properties":{"keys":{"type":"array","items":%s}}}""".formatted(SHOWN)));
    }

    static Description making() {
        return described("makeKey", "Makes an API key, which is shown this once")
                .saying(
                        "It can be used when it is answered. Where nobody has to say who he is yet it"
                                + " is 403: the first key is made by `genstore key create`.")
                .takes(Content.json(WANTED))
                .answers(Answer.of(201, "The key.", Content.json(MADE))
                        .with(CACHE_CONTROL, LOCATION))
                .problems(
                        ProblemType.INVALID_JSON,
                        ProblemType.INVALID_RESOURCE,
                        ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    static Description showing() {
        return described("readKey", "What is known of an API key")
                .with(ID)
                .answers(shown(SHOWN))
                .problems(ProblemType.NOT_FOUND);
    }

    static Description revoking() {
        return described("revokeKey", "Revokes an API key, and ends its watches and sessions")
                .saying("One that is revoked already stays so. The last good one with the scope"
                        + " `admin` is 403 where no issuer of tokens is trusted.")
                .with(ID)
                .answers(Answer.of(204, "It is good for nothing any more.").with(CACHE_CONTROL))
                .problems(ProblemType.NOT_FOUND);
    }

    private static Answer shown(String schema) {
        return Answer.of(200, "What is known of it.", Content.json(schema)).with(CACHE_CONTROL);
    }

    private static Description described(String name, String summary) {
        return Description.of(summary)
                .named(name)
                .in("keys")
                .problems(ProblemType.FORBIDDEN, ProblemType.STORAGE_UNAVAILABLE);
    }
}
