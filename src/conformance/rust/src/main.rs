//! The crate tensorflow: loads a SavedModel, finds a signature, feeds and fetches its tensors.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write;
use std::str::FromStr;
use std::{env, fs};
use tensorflow::{
    DataType, FetchToken, Graph, Operation, SavedModelBundle, SessionOptions, SessionRunArgs,
    Tensor, TensorType,
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The input types of signatures.
enum Input {
    Float(Tensor<f32>),
    Integer(Tensor<i64>),
    Truth(Tensor<bool>),
    Text(Tensor<String>),
}

fn main() -> Result<()> {
    tensorflow::library::load()?;
    let words: Vec<String> = env::args().skip(1).collect();
    for case in words.chunks_exact(4) {
        predict(&case[0], &case[1], &case[2], &case[3])?;
    }
    println!("TensorFlow {}, crate 0.21.0", tensorflow::version()?);
    Ok(())
}

fn predict(model: &str, signature: &str, rows: &str, folder: &str) -> Result<()> {
    let mut graph = Graph::new();
    let bundle = SavedModelBundle::load(&SessionOptions::new(), ["serve"], &mut graph, model)?;
    let signature = bundle.meta_graph_def().get_signature(signature)?;
    let inputs = read_tensors(&fs::read_to_string(rows)?)?;
    let mut places: HashMap<&str, (Operation, i32)> = HashMap::new();
    for (name, info) in signature.inputs() {
        places.insert(
            name,
            (
                graph.operation_by_name_required(&info.name().name)?,
                info.name().index,
            ),
        );
    }

    let mut run = SessionRunArgs::new();
    for (name, input) in &inputs {
        let (operation, index) = places
            .get(name.as_str())
            .ok_or(format!("no input {name}"))?;
        match input {
            Input::Float(tensor) => run.add_feed(operation, *index, tensor),
            Input::Integer(tensor) => run.add_feed(operation, *index, tensor),
            Input::Truth(tensor) => run.add_feed(operation, *index, tensor),
            Input::Text(tensor) => run.add_feed(operation, *index, tensor),
        }
    }
    let mut fetches: Vec<(&String, DataType, FetchToken)> = Vec::new();
    for (name, info) in signature.outputs() {
        let operation = graph.operation_by_name_required(&info.name().name)?;
        fetches.push((
            name,
            info.dtype(),
            run.request_fetch(&operation, info.name().index),
        ));
    }
    bundle.session.run(&mut run)?;

    let mut text = String::new();
    for (name, kind, token) in fetches {
        match kind {
            DataType::Float => write_tensor(
                &mut text,
                name,
                "float32",
                &run.fetch::<f32>(token)?,
                f32::to_string,
            )?,
            DataType::Int64 => write_tensor(
                &mut text,
                name,
                "int64",
                &run.fetch::<i64>(token)?,
                i64::to_string,
            )?,
            DataType::String => write_tensor(
                &mut text,
                name,
                "string",
                &run.fetch::<String>(token)?,
                encode,
            )?,
            other => return Err(format!("an output is of type {other}").into()),
        }
    }
    fs::write(format!("{folder}/outputs.txt"), text)?;
    Ok(())
}

/// Reads the file that tensors.py describes.
fn read_tensors(text: &str) -> Result<Vec<(String, Input)>> {
    let mut lines = text.lines();
    let mut tensors = Vec::new();
    while let Some(head) = lines.next() {
        let words: Vec<&str> = head.split(' ').collect();
        let shape = words[2..]
            .iter()
            .map(|word| word.parse())
            .collect::<std::result::Result<Vec<u64>, _>>()?;
        let size = shape.iter().product::<u64>() as usize;
        let values: Vec<&str> = lines.by_ref().take(size).collect();
        let input = match words[1] {
            "float32" => Input::Float(parsed(&shape, &values)?),
            "int64" => Input::Integer(parsed(&shape, &values)?),
            "bool" => Input::Truth(
                Tensor::new(&shape).with_values(
                    &values
                        .iter()
                        .map(|value| *value != "0")
                        .collect::<Vec<bool>>(),
                )?,
            ),
            "string" => Input::Text(
                Tensor::new(&shape).with_values(
                    &values
                        .iter()
                        .map(|value| decode(value))
                        .collect::<Result<Vec<String>>>()?,
                )?,
            ),
            other => return Err(format!("no type {other}").into()),
        };
        tensors.push((words[0].to_string(), input));
    }
    Ok(tensors)
}

fn parsed<T: TensorType + FromStr>(shape: &[u64], values: &[&str]) -> Result<Tensor<T>>
where
    T::Err: Error + 'static,
{
    let values = values
        .iter()
        .map(|value| value.parse())
        .collect::<std::result::Result<Vec<T>, _>>()?;
    Ok(Tensor::new(shape).with_values(&values)?)
}

fn write_tensor<T: TensorType>(
    text: &mut String,
    name: &str,
    kind: &str,
    tensor: &Tensor<T>,
    show: impl Fn(&T) -> String,
) -> Result<()> {
    write!(text, "{name} {kind}")?;
    for dimension in tensor.dims() {
        write!(text, " {dimension}")?;
    }
    writeln!(text)?;
    for value in tensor.iter() {
        writeln!(text, "{}", show(value))?;
    }
    Ok(())
}

fn encode(text: &String) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn decode(text: &str) -> Result<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' && tail.len() >= 2 {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2])?, 16)?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    Ok(String::from_utf8(bytes)?)
}
