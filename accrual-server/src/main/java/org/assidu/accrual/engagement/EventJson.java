package org.assidu.accrual.engagement;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import org.assidu.proto.v1.Event;

/** Events in the JSON form of the wire contract, one on a line, every field present. */
public final class EventJson {
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private EventJson() {}

    public static String print(Event event) {
        try {
            return PRINTER.print(event);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("an event always prints", impossible);
        }
    }

    /** @throws InvalidProtocolBufferException when the text is no event */
    public static Event parse(String text) throws InvalidProtocolBufferException {
        Event.Builder event = Event.newBuilder();
        PARSER.merge(text, event);
        return event.build();
    }
}
