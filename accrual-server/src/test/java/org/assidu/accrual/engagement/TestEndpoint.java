package org.assidu.accrual.engagement;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A webhook on loopback that remembers what it was sent. */
public final class TestEndpoint implements AutoCloseable {
    /** A request and what it was answered. */
    public record Received(String key, String signature, String type, String body, int status) {}

    public final List<Received> received = new CopyOnWriteArrayList<>();
    /** Answers to the next requests; 204 once there are none. */
    public final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

    private final HttpServer server;

    /** @param port 0 = any */
    public TestEndpoint(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Integer status = answers.poll();
        int answer = status == null ? 204 : status;
        received.add(new Received(
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                exchange.getRequestHeaders().getFirst("Assidu-Signature"),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                body,
                answer));
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/events";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Idempotency keys of what was taken, in order. */
    public List<String> taken() {
        return received.stream()
                .filter(request -> request.status() / 100 == 2)
                .map(Received::key)
                .toList();
    }

    /** A port of this machine that nobody listens on. */
    static int freePort() throws IOException {
        try (TestEndpoint endpoint = new TestEndpoint(0)) {
            return endpoint.port();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
