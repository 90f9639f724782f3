package org.assidu.accrual.cli;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A what-if as one page that needs no network. */
final class WhatIfPage {
    private WhatIfPage() {}

    static void write(WhatIfView view, Path file) throws IOException {
        ClasspathLoader loader = new ClasspathLoader(WhatIfPage.class.getClassLoader());
        loader.setPrefix("org/assidu/accrual/cli/");
        PebbleEngine engine = new PebbleEngine.Builder()
                .loader(loader)
                .strictVariables(true)
                .newLineTrimming(true)
                .build();
        try (Writer out = Files.newBufferedWriter(file)) {
            engine.getTemplate("what-if.html.peb").evaluate(out, Map.of("view", view));
        }
    }
}
