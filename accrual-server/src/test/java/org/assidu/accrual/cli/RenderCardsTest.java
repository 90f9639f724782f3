package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assidu.accrual.model.Ean13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What is drawn is read back by a decoder that shares no code with the drawing. */
final class RenderCardsTest {
    @TempDir
    private Path folder;

    private static Result read(BufferedImage image) throws Exception {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return new MultiFormatReader()
                .decode(
                        new BinaryBitmap(new HybridBinarizer(
                                new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels))),
                        Map.of(
                                DecodeHintType.POSSIBLE_FORMATS,
                                List.of(BarcodeFormat.EAN_13, BarcodeFormat.QR_CODE),
                                DecodeHintType.TRY_HARDER,
                                true));
    }

    /** Draws the rectangles of an SVG as a browser would. */
    private static BufferedImage drawn(Path svg) throws Exception {
        Element root = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(svg.toFile())
                .getDocumentElement();
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(Double.parseDouble(root.getAttribute("width"))),
                (int) Math.ceil(Double.parseDouble(root.getAttribute("height"))),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        NodeList shapes = root.getElementsByTagName("rect");
        for (int i = 0; i < shapes.getLength(); i++) {
            Element shape = (Element) shapes.item(i);
            String fill = shape.getAttribute("fill");
            graphics.setColor(i == 0 ? Color.decode(fill) : Color.BLACK);
            graphics.fillRect(number(shape, "x"), number(shape, "y"), number(shape, "width"), number(shape, "height"));
        }
        graphics.dispose();
        return image;
    }

    private static int number(Element shape, String name) {
        return (int) Math.round(Double.parseDouble(shape.getAttribute(name)));
    }

    @Test
    void barsAndQrCodesAreReadAsTheCard() throws Exception {
        for (long card : new long[] {2_980_000_000_003L, Ean13.withCheckDigit(29_912_345_678L), 4_006_381_333_931L}) {
            String digits = Ean13.text(card);
            for (String format : List.of("png", "svg")) {
                Path out = folder.resolve(format);
                Terminal rendered =
                        Terminal.type("cards", "render", "--card", digits, "--out", out.toString(), "--format", format);
                assertThat(rendered.code()).as(rendered.err()).isZero();
                Path bars = out.resolve(digits + "-ean13." + format);
                Path qr = out.resolve(digits + "-qr." + format);
                assertThat(rendered.out().lines()).containsExactly(bars.toString(), qr.toString());
                Result readBars = read(format.equals("png") ? ImageIO.read(bars.toFile()) : drawn(bars));
                assertThat(readBars.getBarcodeFormat()).isEqualTo(BarcodeFormat.EAN_13);
                assertThat(readBars.getText()).isEqualTo(digits);
                Result readQr = read(format.equals("png") ? ImageIO.read(qr.toFile()) : drawn(qr));
                assertThat(readQr.getBarcodeFormat()).isEqualTo(BarcodeFormat.QR_CODE);
                assertThat(readQr.getText()).isEqualTo(digits);
            }
        }
    }

    @Test
    void aFileOfIssuedCardsIsDrawnWhole() throws Exception {
        Path cards = Files.writeString(folder.resolve("cards.txt"), "2980000000003\n2980000000010\n\n");
        Path out = folder.resolve("images");
        Terminal rendered = Terminal.type(
                "cards", "render", "--cards", cards.toString(), "--out", out.toString(), "--symbol", "qr");
        assertThat(rendered.out()).contains("2 images in " + out);
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly("2980000000003-qr.png", "2980000000010-qr.png");
        }
    }

    @Test
    void whatIsNoCardIsRefusedBeforeAnythingIsDrawn() {
        Path out = folder.resolve("none");
        Terminal wrong =
                Terminal.type("cards", "render", "--card", "2980000000003,2980000000004", "--out", out.toString());
        assertThat(wrong.code()).isEqualTo(Assidu.FAILED);
        assertThat(wrong.err()).contains("card 2980000000004 is no EAN-13");
        assertThat(out).doesNotExist();
        assertThat(Terminal.type("cards", "render", "--out", out.toString()).err())
                .contains("give --card or --cards");
    }
}
