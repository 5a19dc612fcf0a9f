package dev.genstore.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.ArrayList;
import java.util.List;

/** What the shell fish needs to complete a command and those below it. Confined to one use. */
final class FishCompletion {
    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    static String of(CommandSpec root) {
        var completion = new FishCompletion();
        completion.add(root, List.of());
        return completion.script.toString();
    }

    /** The command that is reached by these names. */
    private void add(CommandSpec command, List<String> path) {
        command.options().forEach(option -> add(option, seen(path)));
        String behind = command.subcommands().isEmpty() ? "" : behind(command, path);
        command.subcommands().forEach((name, below) -> {
            line(behind, "-f -a " + name, firstSentence(below));
            List<String> deeper = new ArrayList<>(path);
            deeper.add(name);
            add(below.getCommandSpec(), deeper);
        });
    }

    private void add(OptionSpec option, String condition) {
        var words = new StringBuilder();
        for (String name : option.names()) {
            words.append(name.startsWith("--") ? " -l " : " -s ")
                    .append(name.replaceFirst("^-+", ""));
        }
        boolean hasValue = option.arity().max() > 0 && option.type() != boolean.class;
        line(condition, words.substring(1) + (hasValue ? " -r" : ""), option.description()[0]);
    }

    private static String seen(List<String> path) {
        return path.isEmpty()
                ? "__fish_use_subcommand"
                : "__fish_seen_subcommand_from "
                        + String.join("; and __fish_seen_subcommand_from ", path);
    }

    /** Where the names of the commands below this one may stand. */
    private static String behind(CommandSpec command, List<String> path) {
        return path.isEmpty()
                ? "__fish_use_subcommand"
                : seen(path) + "; and not __fish_seen_subcommand_from "
                        + String.join(" ", command.subcommands().keySet());
    }

    private static String firstSentence(CommandLine command) {
        return command.getCommandSpec().usageMessage().description()[0];
    }

    private void line(String condition, String words, String description) {
        script.append("complete -c genstore -n '")
                .append(condition)
                .append("' ")
                .append(words)
                .append(" -d '")
                .append(description.replace("\\", "\\\\").replace("'", "\\'"))
                .append("'\n");
    }
}
