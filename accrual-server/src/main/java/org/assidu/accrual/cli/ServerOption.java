package org.assidu.accrual.cli;

import org.assidu.accrual.load.Connection;
import picocli.CommandLine.Option;

/** Which server a client command talks to. */
final class ServerOption {
    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:ASSIDU_SERVER:-127.0.0.1:7070}",
            description = "Server to talk to (default: ${DEFAULT-VALUE}; or set ASSIDU_SERVER).")
    private String address = "127.0.0.1:7070";

    Connection connect() {
        return Connection.to(address);
    }

    String address() {
        return address;
    }
}
