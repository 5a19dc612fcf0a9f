package dev.genstore.server.cli;

import dev.genstore.auth.ApiKeys;
import dev.genstore.server.config.Durations;
import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.config.UsageError;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * {@code genstore key create}: the key alone goes to the standard output, so that a script can keep
 * it; nobody can see it again. Confined to the thread that uses it.
 */
final class KeyCreateCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("create");
    private final OptionSpec name = option("--name", "What the key is for.", true);
    private final OptionSpec scopes = option(
            "--scopes", "What it may be used for, with commas between them: admin for all.", false);
    private final OptionSpec expires = option(
            "--expires", "For how long it is good, for example 90d; without it, for ever.", false);
    private final StoreOptions store;

    KeyCreateCommand(SettingsReader reader) {
        spec.usageMessage().description("Makes an API key and prints it, once.").sortOptions(false);
        spec.addOption(Commands.helpOption());
        spec.addOption(name).addOption(scopes).addOption(expires);
        store = new StoreOptions(reader, spec);
        Model.addExamples(
                spec,
                "genstore key create --name root --scopes admin",
                "genstore key create --name ci --expires 90d > ci.key");
    }

    private static OptionSpec option(String name, String meaning, boolean isRequired) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel("VALUE")
                .required(isRequired)
                .description(meaning)
                .build();
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        ApiKeys.Made made = make(lifetime(expires.getValue()));
        spec.commandLine().getOut().println(made.text());
        spec.commandLine()
                .getErr()
                .println("This is key " + made.key().id() + ". Keep it: it can't be shown again."
                        + " It is sent as 'Authorization: Bearer <key>'.");
        return ExitCode.OK;
    }

    private ApiKeys.Made make(@Nullable Duration lifetime) {
        ApiKeys keys = store.keys();
        try {
            return keys.create(name.getValue(), scopes(scopes.getValue()), lifetime);
        } catch (IllegalArgumentException wrong) {
            throw new UsageError(String.valueOf(wrong.getMessage()));
        }
    }

    private static Set<String> scopes(@Nullable String list) {
        return Arrays.stream(list == null ? new String[0] : list.split(",", -1))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    private static @Nullable Duration lifetime(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Durations.parse(text)
                .filter(given -> given.compareTo(SHORTEST) >= 0 && given.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new UsageError("--expires is '" + text
                        + "'; it must be a duration from 1s to 36500d, for example 90d."));
    }
}
