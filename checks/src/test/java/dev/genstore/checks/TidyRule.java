package dev.genstore.checks;

/** The rules of STYLE.md that a machine can judge. */
enum TidyRule {
    METHOD_LENGTH("a method has at most 40 lines"),
    NESTING("blocks nest at most 3 deep"),
    FILE_LENGTH("a file has at most 400 lines"),
    TYPE_NAME("no type is an Impl, Util, Utils, Manager or Helper"),
    PACKAGE_NAME("no package is called util, common or impl"),
    PRINTING("only the command line prints"),
    SLEEPING("a test waits for something, it never sleeps"),
    SKIPPING("a test is never skipped"),
    TEST_NAME("a test's name is a sentence in snake_case");

    private final String sentence;

    TidyRule(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
