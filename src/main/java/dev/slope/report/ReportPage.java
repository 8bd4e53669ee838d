package dev.slope.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * The page of a run: one HTML file that needs nothing besides itself. The library that draws is in
 * it, packed, and unpacked by the browser.
 */
public final class ReportPage {
  public static final String FILE_NAME = "report.html";

  private static final String LIBRARY =
      "/META-INF/resources/webjars/plotly.js-dist/3.3.1/plotly.js";

  private ReportPage() {}

  /**
   * The page in UTF-8.
   *
   * @param json what it shows
   */
  public static byte[] of(String json) {
    // Inside a script element only its end and the start of a comment mean something.
    String data = json.replace("</", "<\\/").replace("<!--", "<\\u0021--");
    return new String(resource("report.html"), StandardCharsets.UTF_8)
        .replace("@PLOTLY@", Base64.getEncoder().encodeToString(packed(resource(LIBRARY))))
        .replace("@DATA@", data)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] packed(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " must be on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
