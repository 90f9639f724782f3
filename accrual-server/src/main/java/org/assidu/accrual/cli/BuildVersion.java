package org.assidu.accrual.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Assidu.class.getPackage().getImplementationVersion();
        return new String[] {"assidu " + (version == null ? "(not packaged)" : version)};
    }
}
