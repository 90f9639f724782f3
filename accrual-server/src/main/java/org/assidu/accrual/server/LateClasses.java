package org.assidu.accrual.server;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads at the start what a process would otherwise read from its jars only when it stops or fails. A jar that was rebuilt
 * meanwhile no longer has them where the process looks, and a server that cannot load a class of its own shutdown hangs.
 */
final class LateClasses {
    private static final Logger LOG = LoggerFactory.getLogger(LateClasses.class);
    private static final String BASE = "org/assidu/accrual";
    private static final List<String> OWN =
            List.of("journal", "directory", "replay", "pipeline", "snapshot", "grpc", "admin", "replication", "server");

    /** What libraries load when the endpoint and the journal close, and when an error is logged. */
    private static final List<String> OF_LIBRARIES = List.of(
            "io.netty.channel.group.ChannelMatchers",
            "io.netty.channel.group.ChannelMatcher",
            "io.netty.channel.group.ChannelMatchers$1",
            "io.netty.channel.group.ChannelMatchers$ClassMatcher",
            "io.netty.channel.group.ChannelMatchers$InvertMatcher",
            "io.netty.channel.group.DefaultChannelGroupFuture",
            "io.netty.channel.group.DefaultChannelGroupFuture$1",
            "io.netty.channel.group.ChannelGroupFutureListener",
            "io.netty.util.concurrent.ImmediateEventExecutor",
            "io.netty.util.concurrent.ImmediateEventExecutor$1",
            "io.netty.util.concurrent.ImmediateEventExecutor$2",
            "io.netty.util.concurrent.GlobalEventExecutor$2",
            "io.netty.util.concurrent.GlobalEventExecutor$3",
            "io.grpc.netty.NettyServer$4",
            "io.grpc.netty.GracefulServerCloseCommand",
            "io.grpc.netty.ForcefulCloseCommand",
            "io.grpc.netty.NettyServerHandler$GracefulShutdown",
            "io.grpc.netty.NettyServerHandler$GracefulShutdown$1",
            "io.netty.handler.codec.http2.Http2ConnectionHandler$ClosingChannelFutureListener",
            "io.netty.util.concurrent.DefaultPromise$1",
            "io.netty.util.concurrent.PromiseNotifier",
            "io.netty.util.concurrent.PromiseNotifier$1",
            "net.openhft.chronicle.core.OS$Unmapp0Holder",
            "picocli.CommandLine$IExitCodeGenerator",
            "ch.qos.logback.classic.spi.ThrowableProxy",
            "ch.qos.logback.classic.spi.ThrowableProxyUtil",
            "ch.qos.logback.classic.spi.StackTraceElementProxy");

    private LateClasses() {}

    /** A class that a later version of a library lacks is passed over: that it was needed is what the test would show. */
    static void load() {
        try {
            own().forEach(LateClasses::load);
        } catch (IOException | URISyntaxException e) {
            LOG.warn("classes of the shutdown are not loaded ahead; stop this server before its jars are rebuilt", e);
        }
        OF_LIBRARIES.forEach(LateClasses::load);
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, LateClasses.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            LOG.debug("{} is not loaded ahead: {}", name, absent.toString());
        }
    }

    private static List<String> own() throws IOException, URISyntaxException {
        CodeSource source = LateClasses.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return List.of();
        }
        Path code = Path.of(source.getLocation().toURI());
        if (Files.isDirectory(code)) {
            return names(code);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + code.toUri()), Map.of())) {
            return names(jar.getPath("/"));
        }
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(BASE))) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(LateClasses::isLate)
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }

    private static boolean isLate(String file) {
        return file.endsWith(".class")
                && !file.endsWith("package-info.class")
                && OWN.stream().anyMatch(part -> file.startsWith(BASE + "/" + part + "/"));
    }
}
