package dev.genstore.checks.docs;

import java.util.Optional;

/**
 * A part of a document that is more than words. Immutable.
 *
 * @param page where it stands
 * @param line the line of its first mark
 * @param language what stands behind the three marks of a fence, {@code run} of what readers do not
 *     see
 * @param mark what the comment in front of it says, or nothing
 * @param text what is in it, with the end of its last line
 */
record Block(String page, int line, String language, String mark, String text) {
    /** What readers do not see: what has to be there first, or makes what is shown next. */
    static final String HIDDEN = "run";

    private static final String OWN_FILE = "file: ";
    private static final String TRIED = "tried: ";

    /** Whether somebody types it. */
    boolean isRun() {
        return mark.isEmpty()
                && switch (language) {
                    case "sh", "http", "js", HIDDEN -> true;
                    default -> false;
                };
    }

    /** Whether it is what the one before it says. */
    boolean isOutput() {
        return mark.isEmpty()
                && switch (language) {
                    case "", "json" -> true;
                    default -> false;
                };
    }

    /** Whether a reader makes a file of it, or would. */
    boolean isOwnFile() {
        return mark.startsWith(OWN_FILE) || (isShownFile() && language.equals("java"));
    }

    /** The name of that file; of a class, where its package has it. */
    String ownFile() {
        return mark.startsWith(OWN_FILE)
                ? mark.substring(OWN_FILE.length())
                : mark.replaceFirst(".*/java/", "");
    }

    /** Whether it is a part of a file of the project, which {@code ShownFilesTest} looks at. */
    boolean isShownFile() {
        return mark.contains("/") && !mark.contains(": ");
    }

    /** The test that tries it by itself, if one does. */
    Optional<String> test() {
        return mark.startsWith(TRIED)
                ? Optional.of(mark.substring(TRIED.length()))
                : Optional.empty();
    }

    String place() {
        return page + ":" + line;
    }
}
