package dev.genstore.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
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
        command.positionalParameters().forEach(argument -> {
            String values = values(argument);
            if (!values.isEmpty()) {
                line(seen(path), "-f -a '" + values + "'", argument.description()[0]);
            }
        });
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
        line(condition, words.substring(1) + value(option), option.description()[0]);
    }

    private static String value(OptionSpec option) {
        if (option.arity().max() == 0 || option.type() == boolean.class) {
            return "";
        }
        String values = values(option);
        return values.isEmpty() ? " -r" : " -x -a '" + values + "'";
    }

    /** Those that are known, with spaces between them. */
    private static String values(ArgSpec argument) {
        return argument.completionCandidates() == null
                ? ""
                : String.join(" ", argument.completionCandidates());
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
