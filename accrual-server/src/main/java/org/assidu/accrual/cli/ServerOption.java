package org.assidu.accrual.cli;

import java.io.IOException;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.server.ServerFile;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server a client command talks to. */
final class ServerOption {
    private static final String DEFAULT = "127.0.0.1:7070";

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:ASSIDU_SERVER:-127.0.0.1:7070}",
            description = "Server to talk to (default: ${DEFAULT-VALUE}; or set ASSIDU_SERVER).")
    private String address = DEFAULT;

    @Mixin
    private final CallerOption caller = new CallerOption();

    Connection connect() {
        return caller.connect(address);
    }

    /** To the server of a data directory: where its own file says, unless another address is given. */
    Connection connect(DataDirectory data) throws IOException {
        ServerFile file = ServerFile.read(data.serverFile());
        String local = file == null || !address.equals(DEFAULT) ? address : file.host() + ":" + file.port();
        return caller.connect(local);
    }

    String address() {
        return address;
    }
}
