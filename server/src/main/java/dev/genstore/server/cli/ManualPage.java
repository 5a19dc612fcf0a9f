package dev.genstore.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The manual page of a command, in the language of man(7). Confined to one use. */
final class ManualPage {
    private final List<String> lines = new ArrayList<>();
    private final CommandSpec command;

    private ManualPage(CommandSpec command) {
        this.command = command;
    }

    static String of(CommandSpec command) {
        var page = new ManualPage(command);
        page.write();
        return String.join("\n", page.lines) + "\n";
    }

    /** Its name, for example {@code genstore-key-create}. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private void write() {
        String[] description = command.usageMessage().description();
        lines.add(".TH " + name(command).toUpperCase(Locale.ROOT) + " 1 \"\" \"genstore\"");
        section("NAME");
        text(name(command) + " - " + description[0]);
        section("SYNOPSIS");
        lines.add(".B " + escaped(command.qualifiedName()));
        lines.add(escaped(synopsis()));
        section("DESCRIPTION");
        for (String sentence : description) {
            text(sentence);
        }
        arguments();
        commands();
        exitCodes();
        footer();
        seeAlso();
    }

    private String synopsis() {
        var synopsis = new StringBuilder("[OPTION]...");
        for (PositionalParamSpec argument : command.positionalParameters()) {
            String label = argument.paramLabel();
            synopsis.append(argument.arity().min() > 0 ? " " + label : " [" + label + "]");
        }
        return synopsis.append(command.subcommands().isEmpty() ? "" : " COMMAND")
                .toString();
    }

    private void arguments() {
        section("OPTIONS");
        for (PositionalParamSpec argument : command.positionalParameters()) {
            item(argument.paramLabel(), argument);
        }
        for (OptionSpec option : command.options()) {
            boolean hasValue = option.type() != boolean.class && option.arity().max() > 0;
            String names = String.join(", ", option.names());
            item(hasValue ? names + "=" + option.paramLabel() : names, option);
        }
    }

    private void item(String name, ArgSpec argument) {
        lines.add(".TP");
        lines.add(".B " + escaped(name));
        lines.add(escaped(String.join(" ", argument.description())));
    }

    private void commands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        command.subcommands().forEach((name, below) -> {
            lines.add(".TP");
            lines.add(".B " + escaped(name));
            lines.add(escaped(firstSentence(below)));
        });
    }

    private static String firstSentence(CommandLine below) {
        return below.getCommandSpec().usageMessage().description()[0];
    }

    private void exitCodes() {
        section("EXIT STATUS");
        ExitCode.MEANINGS.forEach((code, meaning) -> {
            lines.add(".TP");
            lines.add(".B " + code);
            lines.add(escaped(meaning));
        });
    }

    private void footer() {
        List<String> footer = List.of(command.usageMessage().footer());
        int examples = footer.indexOf(Model.EXAMPLES);
        int notes = examples < 0 ? footer.size() : examples;
        asTheyAre("NOTES", footer.subList(0, notes));
        asTheyAre("EXAMPLES", footer.subList(Math.min(notes + 1, footer.size()), footer.size()));
    }

    private void asTheyAre(String heading, List<String> all) {
        List<String> said = all.stream().filter(line -> !line.isBlank()).toList();
        if (!said.isEmpty()) {
            section(heading);
            lines.add(".nf");
            said.forEach(line -> lines.add(escaped(line.strip())));
            lines.add(".fi");
        }
    }

    private void seeAlso() {
        CommandLine above = command.commandLine().getParent();
        if (above != null) {
            section("SEE ALSO");
            lines.add(".BR " + escaped(name(above.getCommandSpec())) + " (1)");
        }
    }

    private void section(String heading) {
        lines.add(".SH " + heading);
    }

    private void text(String sentence) {
        lines.add(escaped(sentence));
    }

    /** A dash of an option is no hyphen, and a line that begins with a dot is no request. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
