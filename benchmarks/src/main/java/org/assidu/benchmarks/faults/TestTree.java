package org.assidu.benchmarks.faults;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of accrual-server's test tree in a process of its own. */
final class TestTree {
    private TestTree() {}

    /** @return the process's exit code */
    static int run(String mainClass, List<String> arguments) throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("assidu.root", "."));
        Path classes = root.resolve("accrual-server/target/test-classes");
        if (!Files.isRegularFile(classes.resolve(mainClass.replace('.', '/') + ".class"))) {
            System.err.println(
                    classes + " does not hold " + mainClass + "; compile the tests first: mvn -q -DskipTests package");
            return 1;
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
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
