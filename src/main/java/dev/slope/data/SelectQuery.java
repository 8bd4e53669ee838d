package dev.slope.data;

import dev.slope.config.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBPreparedStatement;
import tools.jackson.databind.JsonNode;

/** One SELECT statement, as DuckDB's own parser reads it; parsing runs nothing. */
final class SelectQuery {
  /** What else may stand inside a SELECT, after WITH. */
  private static final Set<String> CHANGES =
      Set.of("INSERT_QUERY_NODE", "UPDATE_QUERY_NODE", "DELETE_QUERY_NODE", "MERGE_QUERY_NODE");

  private final byte[] text;
  private final List<PathText> paths = new ArrayList<>();

  /**
   * A text in the query that may be a file's path.
   *
   * @param offset where it starts, in bytes
   * @param value without quotes
   */
  private record PathText(int offset, String value) {}

  private SelectQuery(String query, JsonNode statement) {
    this.text = query.getBytes(StandardCharsets.UTF_8);
    collect(statement, false);
  }

  /**
   * Reads a query.
   *
   * @throws DataException where it is not one SELECT statement
   */
  static SelectQuery parse(String query, DuckDb duckDb) throws SQLException {
    JsonNode tree;
    try (DuckDBPreparedStatement statement =
            duckDb.statement("SELECT json_serialize_sql(?)", query);
        ResultSet result = statement.executeQuery()) {
      result.next();
      tree = Json.mapper().readTree(result.getString(1));
    }
    if (tree.path("error").asBoolean()) {
      throw new DataException(
          "the query must be a SELECT that DuckDB can read, but: "
              + tree.path("error_message").asString());
    }
    JsonNode statements = tree.path("statements");
    if (statements.size() != 1) {
      throw new DataException(
          "the query must be one SELECT statement, but has " + statements.size());
    }
    return new SelectQuery(query, statements.get(0));
  }

  private void collect(JsonNode node, boolean insideTableFunction) {
    String type = node.path("type").asString("");
    if (CHANGES.contains(type)) {
      throw new DataException(
          "the query must only read, but has " + type.substring(0, type.indexOf('_')));
    }
    if (type.equals("BASE_TABLE")) {
      collectPath(node, String.join(".", names(node.path("qualified_name").path("path"))));
    } else if (insideTableFunction && type.equals("VALUE_CONSTANT")) {
      collectPath(node, node.path("literal").path("text").asString(""));
    }
    boolean inside = insideTableFunction || type.equals("TABLE_FUNCTION");
    for (JsonNode child : node) {
      collect(child, inside);
    }
  }

  private static List<String> names(JsonNode path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.asString()));
    return names;
  }

  private void collectPath(JsonNode node, String value) {
    paths.add(new PathText(node.path("query_location").asInt(), value));
  }

  /**
   * The query with the paths of files in a folder written out: DuckDB would look for them in the
   * working directory first.
   *
   * @throws DataException where a file is in the working directory alone
   */
  String locatedIn(Path directory) {
    StringBuilder located = new StringBuilder();
    int done = 0;
    paths.sort(Comparator.comparingInt(PathText::offset));
    for (PathText path : paths) {
      int end = endOfQuoted(path.offset());
      if (isFile(directory, path.value()) && end > 0 && path.offset() >= done) {
        located.append(utf8(done, path.offset()));
        located.append(
            DuckDb.literal(
                directory.resolve(path.value()).toAbsolutePath().normalize().toString()));
        done = end;
      } else if (isFile(Path.of(""), path.value()) && !Path.of(path.value()).isAbsolute()) {
        throw new DataException(
            "'%s' of the query must be in the config's folder, %s, and in quotes, but is in the"
                    .formatted(path.value(), directory.toAbsolutePath().normalize())
                + " working directory");
      }
    }
    return located.append(utf8(done, text.length)).toString();
  }

  private static boolean isFile(Path directory, String path) {
    try {
      return Files.isRegularFile(directory.resolve(path));
    } catch (InvalidPathException e) {
      // A text that is no path.
      return false;
    }
  }

  private String utf8(int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }

  /** One past the quote that ends a text; -1 where no quote begins there. */
  private int endOfQuoted(int start) {
    byte quote = start < text.length ? text[start] : 0;
    if (quote != '\'' && quote != '"') {
      return -1;
    }
    for (int at = start + 1; at < text.length; at++) {
      if (text[at] == quote) {
        if (at + 1 == text.length || text[at + 1] != quote) {
          return at + 1;
        }
        at++;
      }
    }
    return -1;
  }
}
