package org.assidu.accrual.cli;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.assidu.accrual.model.Ean13;
import uk.org.okapibarcode.backend.Ean;
import uk.org.okapibarcode.backend.QrCode;
import uk.org.okapibarcode.backend.Symbol;
import uk.org.okapibarcode.graphics.Color;
import uk.org.okapibarcode.output.Java2DRenderer;
import uk.org.okapibarcode.output.SvgRenderer;

/** A card's number as a picture that a till can scan. */
enum CardImage {
    /** Bars with the digits below, quiet zones as the standard asks. */
    EAN13 {
        @Override
        Symbol of(String digits) {
            Ean symbol = new Ean(Ean.Mode.EAN13);
            symbol.setQuietZoneHorizontal(EAN_QUIET_MODULES);
            symbol.setContent(digits.substring(0, digits.length() - 1));
            return symbol;
        }
    },
    /** The thirteen digits, for telephones' cameras and tills with an imager. */
    QR {
        @Override
        Symbol of(String digits) {
            QrCode symbol = new QrCode();
            symbol.setPreferredEccLevel(QrCode.EccLevel.M);
            symbol.setQuietZoneHorizontal(QR_QUIET_MODULES);
            symbol.setQuietZoneVertical(QR_QUIET_MODULES);
            symbol.setContent(digits);
            return symbol;
        }
    };

    private static final int EAN_QUIET_MODULES = 11;
    private static final int QR_QUIET_MODULES = 4;

    /** How it is written. */
    enum Format {
        /** Pixels; the digits need a font on this machine. */
        PNG,
        /** For printers. */
        SVG
    }

    abstract Symbol of(String digits);

    /** Name of a card's file, such as {@code 2980000000003-ean13.png}. */
    String fileName(long card, Format format) {
        return Ean13.text(card) + "-" + name().toLowerCase(Locale.ROOT) + "."
                + format.name().toLowerCase(Locale.ROOT);
    }

    /** @param scale pixels of the narrowest bar or square */
    void write(long card, Format format, int scale, Path file) throws IOException {
        Symbol symbol = of(Ean13.text(card));
        switch (format) {
            case PNG -> writePng(symbol, scale, file);
            case SVG -> {
                try (OutputStream out = Files.newOutputStream(file)) {
                    new SvgRenderer(out, scale, Color.WHITE, Color.BLACK, false).render(symbol);
                }
            }
        }
    }

    private static void writePng(Symbol symbol, int scale, Path file) throws IOException {
        BufferedImage image =
                new BufferedImage(symbol.getWidth() * scale, symbol.getHeight() * scale, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        try {
            new Java2DRenderer(graphics, scale, Color.WHITE, Color.BLACK).render(symbol);
        } finally {
            graphics.dispose();
        }
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("this Java writes no PNG: use --format svg");
        }
    }
}
