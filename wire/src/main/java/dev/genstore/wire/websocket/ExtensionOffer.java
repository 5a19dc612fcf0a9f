package dev.genstore.wire.websocket;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;
import dev.genstore.wire.http.FieldRules;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the extensions that a client offers (RFC 6455, 9.1). Immutable.
 *
 * @param name of the extension
 * @param parameters in the order in which they were given; a name may come twice
 */
record ExtensionOffer(String name, List<Parameter> parameters) {
    private static final String FIELD = "Sec-WebSocket-Extensions";

    /**
     * A parameter.
     *
     * @param value empty when it has none
     */
    record Parameter(String name, String value) {}

    ExtensionOffer {
        parameters = List.copyOf(parameters);
    }

    /**
     * What is offered, the most wanted first.
     *
     * @throws dev.genstore.resource.Problem 400 when the field is malformed
     */
    static List<ExtensionOffer> of(Headers headers) {
        List<String> values = headers.all(FIELD);
        if (values.isEmpty()) {
            return List.of();
        }
        List<ExtensionOffer> offers = new Reader(String.join(",", values)).offers();
        require(!offers.isEmpty());
        return offers;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw ProblemType.INVALID_HEADER.because(
                    FIELD + " is a list of names with parameters, as in 'permessage-deflate; "
                            + "client_max_window_bits=15'.");
        }
    }

    /** Reads the list from the left to the right. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<ExtensionOffer> offers() {
            var offers = new ArrayList<ExtensionOffer>();
            while (!isAtEnd()) {
                if (!has(',')) {
                    offers.add(offer());
                    require(isAtEnd() || has(','));
                }
            }
            return offers;
        }

        private ExtensionOffer offer() {
            String name = token();
            var parameters = new ArrayList<Parameter>();
            while (has(';')) {
                parameters.add(new Parameter(token(), has('=') ? value() : ""));
            }
            return new ExtensionOffer(name, parameters);
        }

        /** A value in quotes must be a token too, when they are off. */
        private String value() {
            if (!has('"')) {
                return token();
            }
            var value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 1 : 0;
                require(at < text.length());
                value.append(text.charAt(at));
                at++;
            }
            require(has('"') && FieldRules.isToken(value.toString()));
            return value.toString();
        }

        private String token() {
            skipBlanks();
            int from = at;
            while (at < text.length() && FieldRules.isToken(text.substring(at, at + 1))) {
                at++;
            }
            require(at > from);
            return text.substring(from, at);
        }

        private boolean isAtEnd() {
            skipBlanks();
            return at == text.length();
        }

        /** Whether this is what comes next; then it is behind. */
        private boolean has(char mark) {
            skipBlanks();
            boolean isNext = at < text.length() && text.charAt(at) == mark;
            at += isNext ? 1 : 0;
            return isNext;
        }

        private void skipBlanks() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }
    }
}
