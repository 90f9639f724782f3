package org.assidu.benchmarks.load;

/** How much one message carries. */
record Shape(int receipts, int lines) {
    /** @param text such as 16x5: receipts × lines per receipt */
    static Shape parse(String text) {
        if (!text.matches("[0-9]{1,3}x[0-9]{1,4}")) {
            throw new IllegalArgumentException("shape '" + text + "' is not RECEIPTSxLINES, such as 16x5");
        }
        int x = text.indexOf('x');
        Shape shape = new Shape(Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
        if (shape.receipts < 1 || shape.lines < 1) {
            throw new IllegalArgumentException("shape '" + text + "' has nothing to send");
        }
        return shape;
    }

    int linesPerMessage() {
        return receipts * lines;
    }

    @Override
    public String toString() {
        return receipts + "x" + lines;
    }
}
