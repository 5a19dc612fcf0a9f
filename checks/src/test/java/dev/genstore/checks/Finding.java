package dev.genstore.checks;

/** One rule broken at one place. */
record Finding(TidyRule rule, String path, long line, String what) {

    @Override
    public String toString() {
        return path + ":" + line + ": " + what + "; " + rule.sentence();
    }
}
