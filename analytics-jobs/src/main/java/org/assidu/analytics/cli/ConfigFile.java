package org.assidu.analytics.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options written down: {@code exports = DIR}, {@code report = habits,stores}, {@code goal = retention-rate=0.6}; names
 * as on the command line without the dashes. What is typed wins.
 */
final class ConfigFile implements IDefaultValueProvider {

    static final String OPTION = "--config";

    private final Properties values;

    private ConfigFile(Properties values) {
        this.values = values;
    }

    /** The file that the arguments name; null without one. Throws {@link CommandLine.ParameterException}. */
    static @Nullable ConfigFile of(String[] arguments, CommandLine command) {
        String name = null;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals(OPTION) && i + 1 < arguments.length) {
                name = arguments[i + 1];
            } else if (arguments[i].startsWith(OPTION + "=")) {
                name = arguments[i].substring(OPTION.length() + 1);
            }
        }
        return name == null ? null : read(Path.of(name), command);
    }

    private static ConfigFile read(Path file, CommandLine command) {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandLine.ParameterException(
                    command,
                    "cannot read --config " + file + " (" + e.getMessage() + "): name a file of lines NAME = VALUE",
                    e);
        }
        List<String> known = names(command.getCommandSpec());
        for (String name : new TreeSet<>(values.stringPropertyNames())) {
            if (!known.contains(name)) {
                throw new CommandLine.ParameterException(
                        command,
                        file + " sets '" + name + "', which is no option; there are " + String.join(", ", known));
            }
        }
        return new ConfigFile(values);
    }

    private static List<String> names(CommandSpec spec) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (!option.usageHelp()
                    && !option.versionHelp()
                    && !option.longestName().equals(OPTION)) {
                names.add(option.longestName().substring(2));
            }
        }
        return names;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option && option.longestName().startsWith("--")
                ? values.getProperty(option.longestName().substring(2))
                : null;
    }
}
