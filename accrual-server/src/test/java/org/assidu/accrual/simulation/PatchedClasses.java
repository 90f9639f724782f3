package org.assidu.accrual.simulation;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The server's classes with one of them wrong: its source is edited, compiled beside the others and loaded before them, in a
 * loader of its own. The classes that ship know nothing of it.
 */
final class PatchedClasses {
    private static final String OURS = "org.assidu.accrual.";
    private static final Path SOURCES = Path.of("src/main/java/org/assidu/accrual");

    private PatchedClasses() {}

    /** @param folder to compile into */
    static ClassLoader load(KnownBug bug, Path folder) throws IOException {
        String source = Files.readString(SOURCES.resolve(bug.file()));
        Matcher right = asWritten(bug.right()).matcher(source);
        if (!right.find() || right.find()) {
            throw new IllegalStateException("known bug " + bug.id() + " expects this code once in " + bug.file() + ":\n"
                    + bug.right() + "\nIt has changed: write the bug anew, or take the row out with its reason");
        }
        Path edited = folder.resolve("source").resolve(bug.file());
        Files.createDirectories(edited.getParent());
        Files.writeString(edited, right.replaceFirst(Matcher.quoteReplacement(bug.wrong())));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(edited, classes);
        return new Loader(
                new URL[] {url(classes), url(Path.of("target/classes")), url(Path.of("target/test-classes"))});
    }

    /** However the formatter breaks its lines. */
    private static Pattern asWritten(String code) {
        return Pattern.compile(Pattern.compile("\\s+")
                .splitAsStream(code.strip())
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s+")));
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        String classPath = "target/classes" + File.pathSeparator
                + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    classPath,
                                    "-proc:none",
                                    "-nowarn",
                                    "--release",
                                    "17"),
                            null,
                            files.getJavaFileObjects(source.toFile()))
                    .call();
            if (!compiled) {
                throw new IllegalStateException(source + " does not compile:\n" + said);
            }
        }
    }

    private static URL url(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }

    /** Looks into its own folders first for what is ours. */
    private static final class Loader extends URLClassLoader {
        Loader(URL[] folders) {
            super(folders, PatchedClasses.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> found = findLoadedClass(name);
                if (found == null && name.startsWith(OURS)) {
                    found = findClass(name);
                }
                return found != null ? found : super.loadClass(name, resolve);
            }
        }
    }
}
