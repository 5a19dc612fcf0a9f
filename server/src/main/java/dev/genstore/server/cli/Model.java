package dev.genstore.server.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What picocli knows of a command, said in few words. All values are texts, and whoever asks for one
 * checks it. Confined to the thread that uses it.
 */
final class Model {
    /** What stands above the examples in a help. */
    static final String EXAMPLES = "Examples:";

    private static final int OPTION_WIDTH = 26;

    private final CommandSpec spec;
    private int arguments;

    /** A command that does this; its description is a sentence or several. */
    Model(Callable<Integer> command, String name, String... description) {
        spec = CommandSpec.wrapWithoutInspection(command).name(name);
        spec.usageMessage()
                .description(description)
                .sortOptions(false)
                .longOptionsMaxWidth(OPTION_WIDTH);
        spec.addOption(Commands.helpOption());
    }

    /** An option that may be given, with a value. */
    OptionSpec option(String name, String label, String meaning) {
        OptionSpec option = OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(meaning)
                .build();
        spec.addOption(option);
        return option;
    }

    /** The same where its values are known, so that a shell can complete them. */
    OptionSpec choice(String name, String label, List<String> values, String meaning) {
        OptionSpec option = OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(meaning)
                .completionCandidates(values)
                .build();
        spec.addOption(option);
        return option;
    }

    /** An option that is said or not. */
    OptionSpec flag(String name, String meaning) {
        OptionSpec option = OptionSpec.builder(name)
                .type(boolean.class)
                .description(meaning)
                .build();
        spec.addOption(option);
        return option;
    }

    /** The next argument, which must be given. */
    PositionalParamSpec argument(String label, String meaning) {
        return argument(label, "1", meaning);
    }

    /** The next argument, which may be given. */
    PositionalParamSpec optionalArgument(String label, String meaning) {
        return argument(label, "0..1", meaning);
    }

    private PositionalParamSpec argument(String label, String arity, String meaning) {
        PositionalParamSpec argument = PositionalParamSpec.builder()
                .index(String.valueOf(arguments++))
                .arity(arity)
                .required(arity.equals("1"))
                .type(String.class)
                .paramLabel(label)
                .description(meaning)
                .build();
        spec.addPositional(argument);
        return argument;
    }

    /** The next argument, which must be given and is one of these. */
    PositionalParamSpec argument(String label, List<String> values, String meaning) {
        PositionalParamSpec argument = PositionalParamSpec.builder()
                .index(String.valueOf(arguments++))
                .arity("1")
                .required(true)
                .type(String.class)
                .paramLabel(label)
                .description(meaning)
                .completionCandidates(values)
                .build();
        spec.addPositional(argument);
        return argument;
    }

    /** All arguments from here on, of which there must be one. */
    PositionalParamSpec arguments(String label, String meaning) {
        return all(label, "1..*", meaning);
    }

    /** All arguments from here on, of which there may be none. */
    PositionalParamSpec optionalArguments(String label, String meaning) {
        return all(label, "0..*", meaning);
    }

    private PositionalParamSpec all(String label, String arity, String meaning) {
        PositionalParamSpec all = PositionalParamSpec.builder()
                .index(arguments + "..*")
                .arity(arity)
                .required(arity.startsWith("1"))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(meaning)
                .build();
        spec.addPositional(all);
        return all;
    }

    /** Says how it is used, as somebody would type it. */
    Model example(String... lines) {
        addExamples(spec, lines);
        return this;
    }

    /** The same of any command, behind what it says already. */
    static void addExamples(CommandSpec spec, String... lines) {
        List<String> footer = new ArrayList<>(List.of(spec.usageMessage().footer()));
        footer.addAll(List.of("", EXAMPLES));
        for (String line : lines) {
            footer.add("  " + line);
        }
        spec.usageMessage().footer(footer.toArray(String[]::new));
    }

    CommandSpec spec() {
        return spec;
    }

    /** The texts that were given, if any. */
    static List<String> texts(ArgSpec arguments) {
        @Nullable List<String> texts = arguments.getValue();
        return texts == null ? List.of() : texts;
    }

    /** The text that was given, if any. */
    static Optional<String> text(ArgSpec argument) {
        @Nullable String text = argument.getValue();
        return Optional.ofNullable(text);
    }

    /** The text that must have been given. */
    static String required(ArgSpec argument) {
        return text(argument).orElseThrow();
    }

    /** Whether a flag was given. */
    static boolean isSaid(OptionSpec flag) {
        @Nullable Boolean said = flag.getValue();
        return said != null && said;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
