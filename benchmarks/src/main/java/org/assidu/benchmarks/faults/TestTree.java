package org.assidu.benchmarks.faults;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of accrual-server's test tree in a process of its own. */
public final class TestTree {
    private TestTree() {}

    /**
     * Runs it to its end, in sight.
     *
     * @return the process's exit code
     */
    static int run(String mainClass, List<String> arguments) throws IOException, InterruptedException {
        return process(mainClass, arguments).inheritIO().start().waitFor();
    }

    /**
     * The command, to be started.
     *
     * @throws IOException when the tests are not compiled
     */
    public static ProcessBuilder process(String mainClass, List<String> arguments) throws IOException {
        Path root = Path.of(System.getProperty("assidu.root", "."));
        Path classes = root.resolve("accrual-server/target/test-classes");
        if (!Files.isRegularFile(classes.resolve(mainClass.replace('.', '/') + ".class"))) {
            throw new IOException(
                    classes + " does not hold " + mainClass + "; compile the tests first: mvn -q -DskipTests package");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--add-") || argument.startsWith("-D")) {
                command.add(argument);
            }
        }
        command.add("-Xmx1g");
        command.add("-cp");
        command.add(classes + File.pathSeparator + System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
