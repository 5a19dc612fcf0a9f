package dev.genstore.testkit;

/**
 * An expression in CEL.
 *
 * @param text as it is written
 * @param level how weakly it binds: what stands below a part that binds more strongly is wrapped
 * @param meaning what it comes to
 */
public record Expression(String text, int level, FilterModel.Part meaning) {
    static final int PRIMARY = 0;
    static final int UNARY = 1;
    static final int CHOICE = 7;

    /** One that binds most strongly. */
    static Expression primary(String text, FilterModel.Part meaning) {
        return new Expression(text, PRIMARY, meaning);
    }
}
