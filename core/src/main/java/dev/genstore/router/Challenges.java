package dev.genstore.router;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

/** What those are answered who are not let in (RFC 6750, 3). No answer has a word of what they sent. */
public final class Challenges {
    private static final String FIELD = "WWW-Authenticate";
    private static final String BEARER = "Bearer realm=\"genstore\"";

    private Challenges() {}

    /** 401 for a request without credentials. */
    public static Problem unauthenticated() {
        return ProblemType.UNAUTHENTICATED
                .because("This server answers only those who say who they are: send"
                        + " 'Authorization: Bearer <API key or JWT>'; a browser's WebSocket offers the"
                        + " subprotocol bearer.<token in base64url> beside cloudevents.json.")
                .with(FIELD, BEARER);
    }

    /** 401 for a request of a session that is over, which a browser goes on to send. */
    public static Problem sessionOver() {
        return ProblemType.UNAUTHENTICATED
                .because("The session is over: begin another one with 'POST /api/_session'.")
                .with(FIELD, BEARER);
    }

    /**
     * 401 for credentials that are no good.
     *
     * @param why a sentence without quotes, which is told to the client
     */
    public static Problem invalidToken(String why) {
        return ProblemType.INVALID_TOKEN
                .because(why)
                .with(
                        FIELD,
                        BEARER + ", error=\"invalid_token\", error_description=\"" + why + '"');
    }

    /**
     * 400 for credentials that are given in a wrong way.
     *
     * @param why a sentence without quotes, which is told to the client
     */
    public static Problem invalidRequest(String why) {
        return ProblemType.INVALID_HEADER
                .because(why)
                .with(
                        FIELD,
                        BEARER + ", error=\"invalid_request\", error_description=\"" + why + '"');
    }

    /** 401 for one whose time ended while he waited for an answer. */
    public static Problem over() {
        return invalidToken("The credentials have expired or were revoked.");
    }
}
