package dev.slope.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** The objects of a JSON file; null is missing. */
final class JsonRecords implements RecordReader {
  // NaN is no JSON, but Python writes it: it is reported as a value, with its column.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** How a file holds its objects. */
  enum Layout {
    /** One after the other: JSON lines. */
    LINES,
    /** As the elements of one array. */
    ARRAY
  }

  private final DataFile file;
  private final Layout layout;
  private final JsonParser parser;
  private boolean started;
  private long record;
  private long line;

  JsonRecords(DataFile file, Layout layout) {
    this.file = file;
    this.layout = layout;
    try {
      BufferedReader text = file.openText();
      this.parser = JSON.createParser(ObjectReadContext.empty(), text);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  @Override
  public boolean next(Values values) {
    try {
      if (!startObject()) {
        return false;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token.isStructStart()) {
          parser.skipChildren();
          values.other(name, token == JsonToken.START_ARRAY ? "[...]" : "{...}");
        } else {
          values.text(name, token == JsonToken.VALUE_NULL ? "" : parser.getString());
        }
      }
      return true;
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  /** Moves to the start of the next object. */
  private boolean startObject() {
    if (!started) {
      started = true;
      if (layout == Layout.ARRAY && parser.nextToken() != JsonToken.START_ARRAY) {
        throw new DataException(
            file.name()
                + " must be an array of objects; for an object a line, set the source's 'format' to"
                + " jsonl");
      }
    }
    JsonToken token = parser.nextToken();
    if (token == null || (token == JsonToken.END_ARRAY && layout == Layout.ARRAY)) {
      checkEnd(token);
      return false;
    }
    record++;
    line = parser.currentTokenLocation().getLineNr();
    if (token != JsonToken.START_OBJECT) {
      throw new DataException(
          "%s, %s must be an object, but starts with %s"
              .formatted(file.name(), record(), parser.getString()));
    }
    return true;
  }

  private void checkEnd(@Nullable JsonToken token) {
    if (token != null && parser.nextToken() != null) {
      throw new DataException(
          "%s, line %d: nothing may follow the array"
              .formatted(file.name(), parser.currentTokenLocation().getLineNr()));
    }
  }

  private DataException unreadable(JacksonException e) {
    if (e instanceof JacksonIOException io) {
      return file.unreadable(Objects.requireNonNullElse(io.getCause(), io));
    }
    return new DataException(
        "%s, line %d is not JSON: %s"
            .formatted(
                file.name(),
                e.getLocation() == null ? line : e.getLocation().getLineNr(),
                e.getOriginalMessage()),
        e);
  }

  @Override
  public String record() {
    return layout == Layout.LINES ? "line " + line : "row " + record;
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }
}
