package dev.slope.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DatetimePart;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.data.BlockStore;
import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.export.ExportRequest;
import dev.slope.export.ModelExporter;
import dev.slope.export.ModelGraph;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeature.Affine;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import dev.slope.features.RawColumn;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of typed columns, asked about files. */
class TypedPipelinesTest {
  private static final FittedFeatures FEATURES =
      new FittedFeatures(
          List.of(
              new FittedFeature.Numeric(
                  "carat",
                  Scaling.STANDARD,
                  1,
                  false,
                  Float.NEGATIVE_INFINITY,
                  Float.POSITIVE_INFINITY,
                  List.of(new Affine(1, 2))),
              new FittedFeature.Categorical(
                  new RawColumn("cut", RawColumn.Type.STRING),
                  List.of("Ideal"),
                  false,
                  true,
                  false),
              new FittedFeature.Categorical(
                  new RawColumn("lot", RawColumn.Type.INTEGER), List.of("7"), false, false, false),
              new FittedFeature.Truth("sold"),
              new FittedFeature.Datetime(
                  "day",
                  List.of(
                      new FittedFeature.Datetime.Part(DatetimePart.YEAR, new Affine(2000, 10))))));

  /** 2 carat', 10 where it is Ideal, 20 where it is not, 100 in lot 7, 1000 if sold, 3 year'. */
  private static final LinearWeights WEIGHTS =
      new LinearWeights(
          FEATURES.inputs(),
          List.of("y"),
          new double[] {2, 10, 20, 100, 1000, 3},
          new double[] {0.5});

  private static final String HEADER = "id,carat,cut,lot,sold,day,y\n";

  /** 2 + 10 + 100 + 1000 + 6 + 0.5, and 0 + 20 + 0 + 0 - 3 + 0.5. */
  private static final String KNOWN =
      "a,3,Ideal,7,true,2020-03-01,1118.5\nb,,Fair,8,false,1990-12-31T23:59:59Z,17.5\n";

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  Path folder;

  @BeforeEach
  void export() throws IOException {
    Path data = data(HEADER + KNOWN);
    try (DataSource source = DataSources.openFile(data)) {
      CodedRows rows =
          source.read(
              FEATURES.rawColumns().stream().flatMap(raw -> raw.codings().stream()).toList(),
              BlockStore.inMemory());
      ModelExporter.export(
          new ExportRequest(
              folder,
              "typed",
              new ModelGraph(
                  new ModelConfig.LinearRegression(new InitializerConfig.Zeros()),
                  FEATURES,
                  new FittedLabels.Regression(List.of("y")),
                  null),
              WEIGHTS,
              proven -> Map.of(),
              rows,
              0,
              new FloatMatrix(List.of("y"), List.of(FloatBlock.of(1, 1118.5f, 17.5f))),
              null));
    }
  }

  private Path data(String csv) throws IOException {
    return Files.writeString(folder.resolve("rows.csv"), csv);
  }

  private Path model() {
    return folder.resolve("typed");
  }

  /**
   * A carat that is no number, no truth, a lot that is no integer, no day: none has a prediction.
   */
  @Test
  void predictsAsManyRowsAsThereAre() throws IOException {
    Path data =
        data(
            HEADER
                + KNOWN
                + "c,oops,Ideal,7,true,2020-03-01,\n"
                + "d,3,Ideal,7,,2020-03-01,\n"
                + "e,3,Ideal,seven,true,2020-03-01,\n"
                + "f,3,Ideal,7,true,,\n"
                + "g,3,,7,yes,2020-03-01,\n");
    StringWriter out = new StringWriter();

    PredictPipeline.Counts counts = PredictPipeline.run(model(), data, null, List.of("id"), out);

    assertThat(out.toString().lines())
        .containsExactly("id,prediction", "a,1118.5", "b,17.5", "c,", "d,", "e,", "f,", "g,1128.5");
    assertThat(counts).isEqualTo(new PredictPipeline.Counts(7, 4));
  }

  @Test
  void explainsByFeature() throws IOException {
    StringWriter out = new StringWriter();

    ExplainPipeline.run(model(), data(HEADER + KNOWN), List.of(), out);

    assertThat(out.toString().lines())
        .containsExactly(
            "score,intercept,contribution_carat,contribution_cut,contribution_lot,"
                + "contribution_sold,contribution_day",
            "1118.5,0.5,2.0,10.0,100.0,1000.0,6.0",
            "17.5,0.5,0.0,20.0,0.0,0.0,-3.0");
  }

  @Test
  void measuresWhatHasALabel() throws IOException {
    RunMetrics.OfRows metrics =
        EvaluatePipeline.run(model(), data(HEADER + KNOWN + "c,3,Ideal,7,true,2020-03-01,\n"));

    assertThat(metrics.rows()).isEqualTo(2);
  }

  /** No row fits into memory, so all are in the store's file. */
  @Test
  void rowsThatDontFitIntoMemoryAreMeasuredFromAFile() throws IOException {
    Path data = data(HEADER + KNOWN + "c,3,Ideal,7,true,2020-03-01,\n");
    RunMetrics.OfRows inMemory = EvaluatePipeline.run(model(), data);

    try (BlockStore store = BlockStore.temporary(0)) {
      RunMetrics.OfRows fromFile = EvaluatePipeline.run(model(), data, store);

      assertThat(store.hasSpilled()).isTrue();
      assertThat(fromFile).isEqualTo(inMemory);
    }
  }

  @Test
  void aRowWithoutAPredictionCantBeMeasured() throws IOException {
    Path data = data(HEADER + KNOWN + "c,3,Ideal,7,,2020-03-01,1\n");

    assertThatThrownBy(() -> EvaluatePipeline.run(model(), data))
        .isInstanceOf(DataException.class)
        .hasMessage(
            data
                + ", row 3 has no prediction: a value is missing, or the model doesn't know it;"
                + " leave the row out");
  }

  @Test
  void namesTheColumnThatIsMissing() throws IOException {
    Path data = data("carat,lot,sold,day\n3,7,true,2020-03-01\n");

    assertThatThrownBy(
            () -> PredictPipeline.run(model(), data, null, List.of(), new StringWriter()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no column 'cut', which the model needs");
  }
}
