package dev.genstore.wire.websocket;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;

/**
 * Agrees on permessage-deflate (RFC 7692, 7.1), if it is offered in a form that can be served: what
 * the server sends is compressed once for all, so it must be free to build on what it has sent, in a
 * window of the greatest size. What the client sends never builds on what it has sent, so that
 * nothing has to be kept for it.
 */
final class DeflateAgreement {
    private static final String NAME = "permessage-deflate";
    private static final String WINDOW_BITS_MAX = "15";

    private DeflateAgreement() {}

    /** The answer to the first of the offers that can be served; null when there is none. */
    static @Nullable String on(List<ExtensionOffer> offers) {
        for (ExtensionOffer offer : offers) {
            if (offer.name().equals(NAME) && canServe(offer)) {
                return NAME + "; client_no_context_takeover" + windowBits(offer);
            }
        }
        return null;
    }

    /** A limit that was asked for is confirmed (RFC 7692, 7.1.2.1). */
    private static String windowBits(ExtensionOffer offer) {
        boolean isLimited = offer.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals("server_max_window_bits"));
        return isLimited ? "; server_max_window_bits=" + WINDOW_BITS_MAX : "";
    }

    /** An offer with a parameter that is wrong, unknown or there twice is declined (7.1). */
    private static boolean canServe(ExtensionOffer offer) {
        var names = new HashSet<String>();
        return offer.parameters().stream()
                .allMatch(parameter -> canServe(parameter) && names.add(parameter.name()));
    }

    private static boolean canServe(ExtensionOffer.Parameter parameter) {
        String value = parameter.value();
        return switch (parameter.name()) {
            case "client_no_context_takeover" -> value.isEmpty();
            case "client_max_window_bits" -> value.isEmpty() || isWindowBits(value);
            case "server_max_window_bits" -> value.equals(WINDOW_BITS_MAX);
            default -> false;
        };
    }

    private static boolean isWindowBits(String value) {
        return value.matches("[89]|1[0-5]");
    }
}
