package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Errors that are no user's. */
class ErrorPrinterTest {
  /** A command with a bug. */
  @Command(name = "slope")
  private static final class Buggy implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("no such thing");
    }
  }

  @Test
  void whatNobodyExpectedIsABug() {
    StringWriter err = new StringWriter();

    int exitCode =
        new CommandLine(new Buggy())
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(new ErrorPrinter())
            .execute();

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString())
        .startsWith(
            """
            This is a bug in Slope. Please report it with the lines below.
            java.lang.IllegalStateException: no such thing
            \tat dev.slope.cli.ErrorPrinterTest$Buggy.run(""");
  }

  @Test
  void outputThatCantBeWrittenIsAFailure() {
    StringWriter err = new StringWriter();

    int exitCode = Main.run(new PrintWriter(new FullDisk()), new PrintWriter(err), "schema");

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("slope: standard output can't be written: it is full or closed\n");
  }

  /** Takes nothing. */
  private static final class FullDisk extends Writer {
    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() {
      // Nothing is kept.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
