package org.assidu.accrual.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command's answer goes, and whether as JSON. */
final class Output {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON, for scripts.")
    private boolean json;

    @SuppressWarnings("NullAway.Init")
    Output() {}

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints a message of the contract in its JSON form. */
    void json(MessageOrBuilder message) {
        try {
            out().println(JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(message));
            out().flush();
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("a message without Any always prints", impossible);
        }
    }

    void line(String text) {
        out().println(text);
        out().flush();
    }
}
