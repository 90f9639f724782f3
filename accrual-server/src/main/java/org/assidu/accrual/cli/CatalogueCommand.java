package org.assidu.accrual.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.CatalogueCsv;
import org.assidu.accrual.load.CatalogueSender;
import org.assidu.accrual.load.Connection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assidu catalogue …}. */
@Command(
        name = "catalogue",
        mixinStandardHelpOptions = true,
        description = "Products and stores, for the analysts.",
        subcommands = CatalogueCommand.Import.class)
final class CatalogueCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    CatalogueCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** {@code assidu catalogue import}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Imports products and stores from CSV files with a header row.",
                "Products: sku,name,category_path,brand,unit_cost,currency,valid_from,valid_to (all but sku may be empty).",
                "Stores: store,name,banner,legal_entity,country (all but store may be empty).",
                "A file with bad rows is refused whole, with every reason; nothing of it is imported."
            })
    static final class Import implements Callable<Integer> {
        @Option(names = "--products", paramLabel = "FILE", description = "CSV of products.")
        private @Nullable Path products;

        @Option(names = "--stores", paramLabel = "FILE", description = "CSV of stores.")
        private @Nullable Path stores;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (products == null && stores == null) {
                throw new IllegalArgumentException("give --products FILE, --stores FILE, or both");
            }
            try (Connection connection = server.connect()) {
                CatalogueSender catalogue = new CatalogueSender(connection.channel());
                if (products != null) {
                    output.line(String.format(
                            Locale.ROOT,
                            "%,d products imported",
                            catalogue.products(CatalogueCsv.products(products).iterator())));
                }
                if (stores != null) {
                    output.line(String.format(
                            Locale.ROOT,
                            "%,d stores imported",
                            catalogue.stores(CatalogueCsv.stores(stores).iterator())));
                }
                return Assidu.OK;
            }
        }
    }
}
