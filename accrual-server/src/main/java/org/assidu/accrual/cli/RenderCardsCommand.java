package org.assidu.accrual.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.assidu.accrual.model.Ean13;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu cards render}. Needs no server. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = {
            "Draws cards as EAN-13 bars and as QR codes of the same number, a file each.",
            "Members with a card on their telephone get the QR code; printers want SVG."
        })
final class RenderCardsCommand implements Callable<Integer> {

    @Option(
            names = "--card",
            split = ",",
            paramLabel = "EAN13",
            description = "Card with its check digit; may be repeated.")
    private List<String> cards = new ArrayList<>();

    @Option(
            names = "--cards",
            paramLabel = "FILE",
            description = "File of cards, one a line, as cards issue writes it.")
    private @Nullable Path file;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder, created when absent.")
    private Path folder = Path.of("");

    @Option(names = "--format", defaultValue = "png", description = "png or svg (default: ${DEFAULT-VALUE}).")
    private CardImage.Format format = CardImage.Format.PNG;

    @Option(names = "--symbol", split = ",", description = "ean13, qr, or both (default).")
    private Set<CardImage> symbols = EnumSet.allOf(CardImage.class);

    @Option(
            names = "--scale",
            defaultValue = "4",
            description = "Pixels of the narrowest bar, 1 to 40 (default: ${DEFAULT-VALUE}).")
    private int scale;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws Exception {
        List<String> wanted = new ArrayList<>(cards);
        if (file != null) {
            Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(wanted::add);
        }
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("no card to draw; give --card or --cards");
        }
        if (scale < 1 || scale > 40) {
            throw new IllegalArgumentException("--scale " + scale + "; write 1 to 40");
        }
        List<Long> numbers = new ArrayList<>();
        for (String text : wanted) {
            numbers.add(number(text));
        }
        Files.createDirectories(folder);
        for (long card : numbers) {
            for (CardImage symbol : symbols) {
                Path image = folder.resolve(symbol.fileName(card, format));
                symbol.write(card, format, scale, image);
                if (numbers.size() == 1) {
                    output.line(image.toString());
                }
            }
        }
        if (numbers.size() > 1) {
            output.line(numbers.size() * symbols.size() + " images in " + folder);
        }
        return Assidu.OK;
    }

    private static long number(String text) {
        long card = text.matches("[0-9]{1,13}") ? Long.parseLong(text) : 0;
        if (!Ean13.isValid(card)) {
            throw new IllegalArgumentException(
                    "card " + text + " is no EAN-13: write its 13 digits, the last being the check digit");
        }
        return card;
    }
}
