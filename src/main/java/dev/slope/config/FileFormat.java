package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a file is read. */
@Planned({"tsv", "jsonl", "json"})
public enum FileFormat {
  /** By the file's extension. */
  @JsonProperty("auto")
  AUTO,
  /** Comma-separated values with a header line. */
  @JsonProperty("csv")
  CSV,
  /** Apache Parquet. */
  @JsonProperty("parquet")
  PARQUET
}
