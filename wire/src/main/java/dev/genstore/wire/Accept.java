package dev.genstore.wire;

import dev.genstore.resource.ProblemType;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Chooses a media type by an {@code Accept} header (RFC 9110, 12.5.1). */
final class Accept {
    /** The RFC wants a digit before the point; Java's own client left it out for 25 years. */
    private static final Pattern QUALITY =
            Pattern.compile("(?:0(?:\\.[0-9]{0,3})?|\\.[0-9]{1,3}|1(?:\\.0{0,3})?)");

    private Accept() {}

    /** How much one range of the header says about a type. */
    private record Range(String type, double quality) {
        /** 3 for the type itself, 2 for its family, 1 for everything, 0 when it says nothing. */
        int precision(String offered) {
            if (type.equals(offered)) {
                return 3;
            }
            if ("*/*".equals(type)) {
                return 1;
            }
            boolean isFamily =
                    type.endsWith("/*") && offered.startsWith(type.substring(0, type.length() - 1));
            return isFamily ? 2 : 0;
        }
    }

    /**
     * The offered type that the client likes best; the first of those that it likes alike.
     *
     * @param header the header, or empty when there is none: then anything is welcome
     * @param offered the types that can be had
     * @throws dev.genstore.resource.Problem 406 when it takes none of them
     */
    static String choose(Optional<String> header, List<String> offered) {
        if (header.isEmpty() || header.get().isBlank()) {
            return offered.getFirst();
        }
        List<Range> ranges = Pattern.compile(",")
                .splitAsStream(header.get())
                .map(Accept::range)
                .toList();
        String best = "";
        double bestQuality = 0;
        for (String type : offered) {
            double quality = quality(ranges, type);
            if (quality > bestQuality) {
                best = type;
                bestQuality = quality;
            }
        }
        if (best.isEmpty()) {
            throw ProblemType.NOT_ACCEPTABLE.because(
                    "Accept takes none of the forms that this URL has: "
                            + String.join(", ", offered) + ".");
        }
        return best;
    }

    private static double quality(List<Range> ranges, String type) {
        int bestPrecision = 0;
        double quality = 0;
        for (Range range : ranges) {
            int precision = range.precision(type);
            if (precision > bestPrecision) {
                bestPrecision = precision;
                quality = range.quality;
            }
        }
        return quality;
    }

    private static Range range(String text) {
        String[] parts = text.strip().split(";", -1);
        double quality = 1;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                quality = quality(parameter.substring(2).strip());
            }
        }
        return new Range(parts[0].strip().toLowerCase(Locale.ROOT), quality);
    }

    private static double quality(String value) {
        if (!QUALITY.matcher(value).matches()) {
            throw ProblemType.INVALID_HEADER.because(
                    "A quality in Accept is a number from 0 to 1, for example q=0.8.");
        }
        return Double.parseDouble(value);
    }
}
