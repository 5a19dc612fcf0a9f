package dev.genstore.server.cli;

import dev.genstore.server.config.Nearest;
import dev.genstore.server.config.Setting;
import dev.genstore.server.config.UsageError;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Says what is wrong with a command line that can't be taken apart, and where the help is.
 *
 * <p>Immutable.
 */
final class Mistakes implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println(sentence(mistake));
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println("See '" + name + " --help'.");
        return ExitCode.USAGE;
    }

    private static String sentence(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        return switch (mistake) {
            case UnmatchedArgumentException unmatched ->
                unknown(command, unmatched.getUnmatched().getFirst());
            case OverwrittenOptionException twice ->
                name(twice.getOverwritten()) + " is given twice.";
            case MissingParameterException missing -> withoutValue(missing.getMissing());
            default -> String.valueOf(mistake.getMessage());
        };
    }

    private static String unknown(CommandLine command, String argument) {
        if (argument.startsWith("-")) {
            return unknownOption(command, argument.replaceFirst("=.*", ""));
        }
        return command.getSubcommands().isEmpty()
                ? Nearest.unknown("argument", argument, Optional.empty())
                : unknownCommand(command, argument);
    }

    /** The command of these names, each below the one before; without any, the first of all. */
    static CommandLine command(CommandLine root, List<String> names) {
        CommandLine found = root;
        for (String name : names) {
            CommandLine below = found.getSubcommands().get(name);
            if (below == null) {
                throw new UsageError(unknownCommand(found, name));
            }
            found = below;
        }
        return found;
    }

    private static String unknownCommand(CommandLine root, String name) {
        return Nearest.unknown(
                "command", name, Nearest.to(name, root.getSubcommands().keySet()));
    }

    private static String unknownOption(CommandLine command, String option) {
        List<String> names = command.getCommandSpec().options().stream()
                .map(known -> bare(known.longestName()))
                .toList();
        Optional<String> meant = Nearest.to(bare(option), names)
                .map(near -> "--" + near)
                .or(() -> ofSubcommand(command, option));
        return Nearest.unknown("option", option, meant);
    }

    /** The option behind the command that has it: {@code genstore --port} lacks its {@code serve}. */
    private static Optional<String> ofSubcommand(CommandLine command, String option) {
        return command.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(spec -> spec.findOption(option) != null)
                .map(spec -> spec.qualifiedName() + " " + option)
                .findFirst();
    }

    private static String withoutValue(List<ArgSpec> missing) {
        String option = name(missing.getFirst());
        return Arrays.stream(Setting.values())
                .filter(setting -> setting.option().equals(option))
                .findFirst()
                .map(setting -> option + " has no value; " + setting.rule())
                .orElse(option + " has no value.");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String bare(String option) {
        return option.replaceFirst("^-+", "");
    }
}
