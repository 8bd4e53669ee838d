package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a file is read. */
public enum FileFormat {
  /** By the file's extension. */
  @JsonProperty("auto")
  AUTO,
  /** Comma-separated values. */
  @JsonProperty("csv")
  CSV,
  /** Tab-separated values. */
  @JsonProperty("tsv")
  TSV,
  /** Apache Parquet. */
  @JsonProperty("parquet")
  PARQUET,
  /** JSON lines: an object a row. */
  @JsonProperty("jsonl")
  JSONL,
  /** JSON: an array of objects. */
  @JsonProperty("json")
  JSON
}
