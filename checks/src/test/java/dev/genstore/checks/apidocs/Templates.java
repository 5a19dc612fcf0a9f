package dev.genstore.checks.apidocs;

/** Paths of a document, as its readers understand them. */
final class Templates {
    private Templates() {}

    /** Whether a path fits a template. */
    static boolean fits(String template, String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        boolean fits = wanted.length == given.length;
        for (int i = 0; fits && i < wanted.length; i++) {
            fits = isVariable(wanted[i]) ? !given[i].isEmpty() : wanted[i].equals(given[i]);
        }
        return fits;
    }

    /** Concrete segments come before variables. */
    static String order(String template) {
        var order = new StringBuilder();
        for (String segment : template.split("/", -1)) {
            order.append(isVariable(segment) ? '1' : '0');
        }
        return order.toString();
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }
}
