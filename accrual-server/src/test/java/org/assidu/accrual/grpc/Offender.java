package org.assidu.accrual.grpc;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;

/**
 * Abuses a server for a while, connecting again whenever its connection is closed; then says how often that was. Arguments:
 * port, kind of {@link Abuse}, frames a second. Says {@code ready} and begins at the first byte of its input, ends at its end.
 * Each time comes from another address of the loopback network, 127/8, so that it is new to the server.
 */
final class Offender {
    private static final byte LOOPBACK = 127;

    private Offender() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[0]);
        Abuse kind = Abuse.valueOf(args[1].toUpperCase(Locale.ROOT).replace('-', '_'));
        int rate = Integer.parseInt(args[2]);
        System.out.println("ready");
        for (byte time = 1; System.in.read() >= 0; time++) {
            InetAddress from = InetAddress.getByAddress(new byte[] {LOOPBACK, 1, (byte) kind.ordinal(), time});
            System.out.println(abuse(from, port, kind, rate));
        }
    }

    /** Until the input has another byte: that is its end. */
    private static String abuse(InetAddress from, int port, Abuse kind, int rate)
            throws IOException, InterruptedException {
        int closed = 0;
        long longestMillis = 0;
        do {
            long began = System.nanoTime();
            try (RawHttp2 offender = kind.connect(from, port, rate)) {
                kind.on(offender);
                closed++;
            } catch (IOException refused) {
                // Closed while it was greeting: closed all the same.
                closed++;
            }
            longestMillis = Math.max(longestMillis, (System.nanoTime() - began) / 1_000_000);
        } while (System.in.available() == 0);
        System.in.read();
        return closed + " " + longestMillis;
    }
}
