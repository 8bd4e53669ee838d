// TensorFlow's C API from Go: loads a SavedModel, finds a signature in its MetaGraphDef, feeds and fetches its tensors.
package main

/*
#include <stdlib.h>
#include <tensorflow/c/c_api.h>

static TF_TString *string_at(void *data, size_t place) { return (TF_TString *)data + place; }
*/
import "C"

import (
	"bufio"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unsafe"

	"google.golang.org/protobuf/encoding/protowire"
)

// The numbers of the fields of MetaGraphDef, SignatureDef, TensorInfo and of a map's entry that are read here.
const (
	metaGraphSignatures = 5
	signatureInputs     = 1
	signatureOutputs    = 2
	tensorInfoName      = 1
	entryKey            = 1
	entryValue          = 2
)

func main() {
	words := os.Args[1:]
	for i := 0; i+3 < len(words); i += 4 {
		if err := predict(words[i], words[i+1], words[i+2], words[i+3]); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", words[i], err)
			os.Exit(1)
		}
	}
	fmt.Printf("TensorFlow %s\n", C.GoString(C.TF_Version()))
}

func predict(model, signature, rows, folder string) error {
	status := C.TF_NewStatus()
	defer C.TF_DeleteStatus(status)
	graph := C.TF_NewGraph()
	defer C.TF_DeleteGraph(graph)
	options := C.TF_NewSessionOptions()
	defer C.TF_DeleteSessionOptions(options)
	metaGraph := C.TF_NewBuffer()
	defer C.TF_DeleteBuffer(metaGraph)
	path, tag := C.CString(model), C.CString("serve")
	defer C.free(unsafe.Pointer(path))
	defer C.free(unsafe.Pointer(tag))
	session := C.TF_LoadSessionFromSavedModel(options, nil, path, &tag, 1, graph, metaGraph, status)
	if err := failure(status); err != nil {
		return err
	}
	defer func() {
		C.TF_CloseSession(session, status)
		C.TF_DeleteSession(session, status)
	}()

	definition := entries(C.GoBytes(metaGraph.data, C.int(metaGraph.length)), metaGraphSignatures)[signature]
	if definition == nil {
		return fmt.Errorf("no signature %s", signature)
	}
	inputs, err := readTensors(rows)
	if err != nil {
		return err
	}
	inputPlaces, feeds := []C.TF_Output{}, []*C.TF_Tensor{}
	for name, info := range entries(definition, signatureInputs) {
		place, err := output(graph, info)
		if err != nil {
			return err
		}
		if inputs[name] == nil {
			return fmt.Errorf("%s has no %s", rows, name)
		}
		defer C.TF_DeleteTensor(inputs[name])
		inputPlaces, feeds = append(inputPlaces, place), append(feeds, inputs[name])
	}
	names, outputPlaces := []string{}, []C.TF_Output{}
	for name, info := range entries(definition, signatureOutputs) {
		place, err := output(graph, info)
		if err != nil {
			return err
		}
		names, outputPlaces = append(names, name), append(outputPlaces, place)
	}
	fetches := make([]*C.TF_Tensor, len(outputPlaces))
	C.TF_SessionRun(session, nil, &inputPlaces[0], &feeds[0], C.int(len(feeds)), &outputPlaces[0], &fetches[0],
		C.int(len(fetches)), nil, 0, nil, status)
	if err := failure(status); err != nil {
		return err
	}
	defer func() {
		for _, tensor := range fetches {
			C.TF_DeleteTensor(tensor)
		}
	}()
	return writeTensors(filepath.Join(folder, "outputs.txt"), names, fetches)
}

func failure(status *C.TF_Status) error {
	if C.TF_GetCode(status) == C.TF_OK {
		return nil
	}
	return fmt.Errorf("%s", C.GoString(C.TF_Message(status)))
}

// fields returns the messages and strings that a message has under a number.
func fields(message []byte, number protowire.Number) [][]byte {
	var found [][]byte
	for len(message) > 0 {
		at, kind, size := protowire.ConsumeTag(message)
		if size < 0 {
			panic("the MetaGraphDef can't be read")
		}
		value := message[size:]
		length := protowire.ConsumeFieldValue(at, kind, value)
		if length < 0 {
			panic("the MetaGraphDef can't be read")
		}
		if at == number && kind == protowire.BytesType {
			field, _ := protowire.ConsumeBytes(value)
			found = append(found, field)
		}
		message = value[length:]
	}
	return found
}

// entries returns a map from strings to messages.
func entries(message []byte, number protowire.Number) map[string][]byte {
	found := map[string][]byte{}
	for _, entry := range fields(message, number) {
		found[string(fields(entry, entryKey)[0])] = fields(entry, entryValue)[0]
	}
	return found
}

// output finds the place in the graph that a TensorInfo names as operation:index.
func output(graph *C.TF_Graph, info []byte) (C.TF_Output, error) {
	name, index, _ := strings.Cut(string(fields(info, tensorInfoName)[0]), ":")
	place, err := strconv.Atoi(index)
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	operation := C.TF_GraphOperationByName(graph, text)
	if err != nil || operation == nil {
		return C.TF_Output{}, fmt.Errorf("no operation %s", name)
	}
	return C.TF_Output{oper: operation, index: C.int(place)}, nil
}

var types = map[string]struct {
	number C.TF_DataType
	size   int
}{
	"float32": {C.TF_FLOAT, 4},
	"int64":   {C.TF_INT64, 8},
	"bool":    {C.TF_BOOL, 1},
	"string":  {C.TF_STRING, C.sizeof_TF_TString},
}

// readTensors reads the file that tensors.py describes.
func readTensors(path string) (map[string]*C.TF_Tensor, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	tensors := map[string]*C.TF_Tensor{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		words := strings.Split(lines.Text(), " ")
		kind := types[words[1]]
		count, dimensions := 1, []C.int64_t{}
		for _, word := range words[2:] {
			dimension, err := strconv.Atoi(word)
			if err != nil {
				return nil, err
			}
			count, dimensions = count*dimension, append(dimensions, C.int64_t(dimension))
		}
		tensor := C.TF_AllocateTensor(kind.number, &dimensions[0], C.int(len(dimensions)), C.size_t(count*kind.size))
		data := C.TF_TensorData(tensor)
		for place := 0; place < count && lines.Scan(); place++ {
			if err := readValue(data, kind.number, place, lines.Text()); err != nil {
				return nil, err
			}
		}
		tensors[words[0]] = tensor
	}
	return tensors, lines.Err()
}

func readValue(data unsafe.Pointer, kind C.TF_DataType, place int, text string) error {
	switch kind {
	case C.TF_FLOAT:
		value, err := strconv.ParseFloat(text, 32)
		unsafe.Slice((*float32)(data), place+1)[place] = float32(value)
		return err
	case C.TF_INT64:
		value, err := strconv.ParseInt(text, 10, 64)
		unsafe.Slice((*int64)(data), place+1)[place] = value
		return err
	case C.TF_BOOL:
		unsafe.Slice((*bool)(data), place+1)[place] = text != "0"
		return nil
	}
	value, err := url.PathUnescape(text)
	bytes := C.CString(value)
	defer C.free(unsafe.Pointer(bytes))
	C.TF_StringInit(C.string_at(data, C.size_t(place)))
	C.TF_StringCopy(C.string_at(data, C.size_t(place)), bytes, C.size_t(len(value)))
	return err
}

func writeTensors(path string, names []string, tensors []*C.TF_Tensor) error {
	var text strings.Builder
	for i, tensor := range tensors {
		kind, data := C.TF_TensorType(tensor), C.TF_TensorData(tensor)
		for name, each := range types {
			if each.number == kind {
				fmt.Fprintf(&text, "%s %s", names[i], name)
			}
		}
		for dimension := 0; dimension < int(C.TF_NumDims(tensor)); dimension++ {
			fmt.Fprintf(&text, " %d", C.TF_Dim(tensor, C.int(dimension)))
		}
		text.WriteByte('\n')
		for place := 0; place < int(C.TF_TensorElementCount(tensor)); place++ {
			switch kind {
			case C.TF_FLOAT:
				fmt.Fprintln(&text, unsafe.Slice((*float32)(data), place+1)[place])
			case C.TF_INT64:
				fmt.Fprintln(&text, unsafe.Slice((*int64)(data), place+1)[place])
			case C.TF_STRING:
				value := C.string_at(data, C.size_t(place))
				size := C.int(C.TF_StringGetSize(value))
				fmt.Fprintln(&text, url.PathEscape(C.GoStringN(C.TF_StringGetDataPointer(value), size)))
			default:
				return fmt.Errorf("an output is of type %d", kind)
			}
		}
	}
	return os.WriteFile(path, []byte(text.String()), 0o644)
}
