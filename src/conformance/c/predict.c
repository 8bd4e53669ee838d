/* The C API of TensorFlow: loads a SavedModel, finds a signature in its MetaGraphDef, feeds and fetches its tensors. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tensorflow/c/c_api.h>

enum { MAX_TENSORS = 256, MAX_DIMENSIONS = 8, MAX_TEXT = 1 << 16 };

static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(1);
}

static void check(const TF_Status *status) {
  if (TF_GetCode(status) != TF_OK) fail("%s", TF_Message(status));
}

/* ---- Signatures: as much of the protocol buffers' wire format as a MetaGraphDef needs. ---- */

typedef struct {
  const uint8_t *at, *end;
} Bytes;

static uint64_t varint(Bytes *message) {
  uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (message->at == message->end) break;
    uint8_t byte = *message->at++;
    value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  fail("a number of the MetaGraphDef has no end");
  return 0;
}

static Bytes take(Bytes *message, uint64_t size) {
  if (size > (uint64_t)(message->end - message->at)) fail("a field of the MetaGraphDef has no end");
  Bytes taken = {message->at, message->at + size};
  message->at += size;
  return taken;
}

/* Goes on to the next field of a number that holds a message or a string; false at the end. */
static bool next(Bytes *message, uint64_t number, Bytes *field) {
  while (message->at < message->end) {
    uint64_t tag = varint(message);
    switch (tag & 7) {
      case 0:
        varint(message);
        break;
      case 1:
        take(message, 8);
        break;
      case 2:
        *field = take(message, varint(message));
        if (tag >> 3 == number) return true;
        break;
      case 5:
        take(message, 4);
        break;
      default:
        fail("the MetaGraphDef has a field of wire type %d", (int)(tag & 7));
    }
  }
  return false;
}

static bool equals(Bytes text, const char *expected) {
  return (size_t)(text.end - text.at) == strlen(expected) && !memcmp(text.at, expected, strlen(expected));
}

/* The field of a message that must be there. */
static Bytes one(Bytes message, uint64_t number) {
  Bytes field;
  if (!next(&message, number, &field)) fail("the MetaGraphDef lacks a field %d", (int)number);
  return field;
}

/* An output of an operation from a tensor's name, `operation:index`. */
static TF_Output output(TF_Graph *graph, Bytes name) {
  char text[MAX_TEXT];
  snprintf(text, sizeof text, "%.*s", (int)(name.end - name.at), (const char *)name.at);
  char *colon = strrchr(text, ':');
  if (!colon) fail("a tensor's name must be operation:index, but was %s", text);
  *colon = 0;
  TF_Output found = {TF_GraphOperationByName(graph, text), atoi(colon + 1)};
  if (!found.oper) fail("the graph has no operation %s", text);
  return found;
}

typedef struct {
  int count;
  char *names[MAX_TENSORS];
  TF_Output places[MAX_TENSORS];
  TF_Tensor *tensors[MAX_TENSORS];
} Tensors;

/* SignatureDef: inputs = 1, outputs = 2, maps (key = 1, value = 2) from names to TensorInfo (name = 1). */
static void read_places(TF_Graph *graph, Bytes signature, uint64_t number, Tensors *tensors) {
  Bytes entry;
  while (next(&signature, number, &entry)) {
    if (tensors->count == MAX_TENSORS) fail("a signature has more than %d tensors", MAX_TENSORS);
    Bytes key = one(entry, 1);
    tensors->names[tensors->count] = strndup((const char *)key.at, (size_t)(key.end - key.at));
    tensors->places[tensors->count++] = output(graph, one(one(entry, 2), 1));
  }
}

/* MetaGraphDef: signature_def = 5, a map from names to SignatureDef. */
static Bytes find_signature(const TF_Buffer *meta_graph, const char *name) {
  Bytes rest = {meta_graph->data, (const uint8_t *)meta_graph->data + meta_graph->length}, entry;
  while (next(&rest, 5, &entry)) {
    if (equals(one(entry, 1), name)) return one(entry, 2);
  }
  fail("the model has no signature %s", name);
  return rest;
}

/* ---- Tensors in files: see tensors.py. ---- */

static const struct {
  const char *name;
  TF_DataType type;
  size_t size;
} TYPES[] = {
    {"float32", TF_FLOAT, sizeof(float)},
    {"int64", TF_INT64, sizeof(int64_t)},
    {"bool", TF_BOOL, sizeof(bool)},
    {"string", TF_STRING, sizeof(TF_TString)},
};

static size_t type_named(const char *name) {
  for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
    if (!strcmp(TYPES[i].name, name)) return i;
  }
  fail("no type %s", name);
  return 0;
}

static size_t type_of(const TF_Tensor *tensor) {
  for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
    if (TYPES[i].type == TF_TensorType(tensor)) return i;
  }
  fail("no name for the type %d", TF_TensorType(tensor));
  return 0;
}

static void read_value(TF_Tensor *tensor, int64_t place, char *text) {
  void *data = TF_TensorData(tensor);
  switch (TF_TensorType(tensor)) {
    case TF_FLOAT:
      ((float *)data)[place] = strtof(text, NULL);
      break;
    case TF_INT64:
      ((int64_t *)data)[place] = strtoll(text, NULL, 10);
      break;
    case TF_BOOL:
      ((bool *)data)[place] = *text != '0';
      break;
    default: {
      size_t size = 0;
      for (const char *from = text; *from; from++, size++) {
        unsigned byte = (unsigned char)*from;
        if (*from == '%' && sscanf(from + 1, "%2x", &byte) == 1) from += 2;
        text[size] = (char)byte;
      }
      TF_StringInit((TF_TString *)data + place);
      TF_StringCopy((TF_TString *)data + place, text, size);
    }
  }
}

static void write_value(FILE *file, const TF_Tensor *tensor, int64_t place) {
  const void *data = TF_TensorData(tensor);
  switch (TF_TensorType(tensor)) {
    case TF_FLOAT:
      fprintf(file, "%.9g\n", (double)((const float *)data)[place]);
      break;
    case TF_INT64:
      fprintf(file, "%" PRId64 "\n", ((const int64_t *)data)[place]);
      break;
    case TF_BOOL:
      fprintf(file, "%d\n", ((const bool *)data)[place]);
      break;
    default: {
      const TF_TString *string = (const TF_TString *)data + place;
      const char *text = TF_StringGetDataPointer(string);
      for (size_t i = 0; i < TF_StringGetSize(string); i++) fprintf(file, "%%%02X", (unsigned char)text[i]);
      fputc('\n', file);
    }
  }
}

static void read_tensors(const char *path, Tensors *inputs) {
  FILE *file = fopen(path, "r");
  if (!file) fail("can't read %s", path);
  static char line[MAX_TEXT];
  int tensors = 0;
  while (fgets(line, sizeof line, file)) {
    char *name = strtok(line, " "), *type = strtok(NULL, " ");
    int64_t dimensions[MAX_DIMENSIONS], size = 1;
    int rank = 0;
    for (char *word; (word = strtok(NULL, " \n")) && rank < MAX_DIMENSIONS; size *= dimensions[rank++]) {
      dimensions[rank] = strtoll(word, NULL, 10);
    }
    int input = 0;
    while (input < inputs->count && strcmp(inputs->names[input], name)) input++;
    if (input == inputs->count) fail("the signature has no input %s", name);
    size_t kind = type_named(type);
    TF_Tensor *tensor = TF_AllocateTensor(TYPES[kind].type, dimensions, rank, (size_t)size * TYPES[kind].size);
    for (int64_t place = 0; place < size; place++) {
      if (!fgets(line, sizeof line, file)) fail("%s ends within a tensor", path);
      line[strcspn(line, "\n")] = 0;
      read_value(tensor, place, line);
    }
    inputs->tensors[input] = tensor;
    tensors++;
  }
  fclose(file);
  if (tensors != inputs->count) fail("%s must have %d tensors, but has %d", path, inputs->count, tensors);
}

static void write_tensors(const char *folder, const Tensors *outputs) {
  char path[MAX_TEXT];
  snprintf(path, sizeof path, "%s/outputs.txt", folder);
  FILE *file = fopen(path, "w");
  if (!file) fail("can't write %s", path);
  for (int i = 0; i < outputs->count; i++) {
    const TF_Tensor *tensor = outputs->tensors[i];
    fprintf(file, "%s %s", outputs->names[i], TYPES[type_of(tensor)].name);
    for (int d = 0; d < TF_NumDims(tensor); d++) fprintf(file, " %" PRId64, TF_Dim(tensor, d));
    fputc('\n', file);
    for (int64_t place = 0; place < TF_TensorElementCount(tensor); place++) write_value(file, tensor, place);
  }
  if (fclose(file)) fail("can't write %s", path);
}

/* ---- The program. ---- */

static void release(Tensors *tensors) {
  for (int i = 0; i < tensors->count; i++) {
    free(tensors->names[i]);
    TF_DeleteTensor(tensors->tensors[i]);
  }
}

static void predict(const char *model, const char *signature, const char *rows, const char *folder) {
  TF_Status *status = TF_NewStatus();
  TF_Graph *graph = TF_NewGraph();
  TF_SessionOptions *options = TF_NewSessionOptions();
  TF_Buffer *meta_graph = TF_NewBuffer();
  const char *tags[] = {"serve"};
  TF_Session *session = TF_LoadSessionFromSavedModel(options, NULL, model, tags, 1, graph, meta_graph, status);
  check(status);

  Tensors inputs = {0}, outputs = {0};
  Bytes definition = find_signature(meta_graph, signature);
  read_places(graph, definition, 1, &inputs);
  read_places(graph, definition, 2, &outputs);
  read_tensors(rows, &inputs);
  TF_SessionRun(session, NULL, inputs.places, inputs.tensors, inputs.count, outputs.places, outputs.tensors,
                outputs.count, NULL, 0, NULL, status);
  check(status);
  write_tensors(folder, &outputs);

  release(&inputs);
  release(&outputs);
  TF_CloseSession(session, status);
  check(status);
  TF_DeleteSession(session, status);
  check(status);
  TF_DeleteBuffer(meta_graph);
  TF_DeleteSessionOptions(options);
  TF_DeleteGraph(graph);
  TF_DeleteStatus(status);
}

int main(int count, char **words) {
  for (int i = 1; i + 3 < count; i += 4) predict(words[i], words[i + 1], words[i + 2], words[i + 3]);
  printf("TensorFlow %s\n", TF_Version());
  return 0;
}
