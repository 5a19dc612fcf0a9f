package dev.genstore.server.cli;

/**
 * Colours, where somebody sees them. Immutable.
 *
 * @param isOn whether there are any
 */
record Paint(boolean isOn) {
    String bold(String text) {
        return painted("1", text);
    }

    String red(String text) {
        return painted("31", text);
    }

    String yellow(String text) {
        return painted("33", text);
    }

    String green(String text) {
        return painted("32", text);
    }

    String dim(String text) {
        return painted("2", text);
    }

    private String painted(String code, String text) {
        return isOn ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
