package dev.slope.cli;

import dev.slope.config.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a command did, run in this process.
 *
 * @param exitCode for scripts
 * @param out all of standard output
 * @param err all of standard error
 */
record CommandResult(int exitCode, String out, String err) {

  /** Runs a command line; every argument is shown as a text. */
  static CommandResult of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), texts);
    return new CommandResult(exitCode, out.toString(), err.toString());
  }

  /** Standard output as JSON; fails where it is not exactly one document. */
  JsonNode json() {
    return Json.mapper().readTree(out);
  }

  /** Standard output by line. */
  List<String> outLines() {
    return out.lines().toList();
  }
}
