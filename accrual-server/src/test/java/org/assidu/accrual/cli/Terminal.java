package org.assidu.accrual.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Types commands and keeps what they print. */
record Terminal(int code, String out, String err) {
    static Terminal type(String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Assidu.run(new PrintWriter(out, true), new PrintWriter(err, true), command);
        return new Terminal(code, out.toString(), err.toString());
    }

    /** The value of a key in printed JSON. */
    String json(String key) {
        var matcher = java.util.regex.Pattern.compile("\"" + key + "\"\\s*:\\s*\"?([^\",}\\n]*)\"?")
                .matcher(out);
        if (!matcher.find()) {
            throw new AssertionError("no " + key + " in " + out);
        }
        return matcher.group(1).trim();
    }
}
