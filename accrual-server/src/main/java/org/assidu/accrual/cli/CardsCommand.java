package org.assidu.accrual.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "cards")
final class CardsCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 1;
    }
}
