/**
 * The command line: options, the Spark session, the order in which the stages run, and messages to stderr.
 */
@NullMarked
package org.assidu.analytics.cli;

import org.jspecify.annotations.NullMarked;
