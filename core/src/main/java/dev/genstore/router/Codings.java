package dev.genstore.router;

import java.util.regex.Pattern;

/** In which codings a client takes an answer (RFC 9110, 12.5.3). */
public final class Codings {
    /** In a list of codings, and not as one that is unwelcome. */
    private static final Pattern GZIP =
            Pattern.compile("(?i)(^|[ ,])gzip(?! *; *q=0(\\.0*)? *(,|$))(?=[ ,;]|$)");

    private Codings() {}

    /** Whether it unpacks what is packed by gzip. */
    public static boolean takesGzip(Headers headers) {
        return headers.joined("Accept-Encoding")
                .filter(codings -> GZIP.matcher(codings).find())
                .isPresent();
    }
}
