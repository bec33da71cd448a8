"""Compares a LoRA adapter of `emend subscribe --adapters` with the folder of the same version.

python check_adapter.py BASE_FOLDER ADAPTER_FOLDER HEAD_FOLDER   fails if the logits differ by more than rounding
"""
import sys

import torch
from peft import PeftModel
from safetensors import safe_open
from transformers import AutoModelForCausalLM, AutoTokenizer

base, adapter, head = sys.argv[1:]
tokenizer = AutoTokenizer.from_pretrained(base)
prompts = ["The CEO of Apple is", "Paris is the capital of", "The language of Danielle Darrieux is"]


def logits(model):
    with torch.no_grad():
        return [model(**tokenizer(p, return_tensors="pt")).logits[0] for p in prompts]


def load(folder):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


with safe_open(f"{adapter}/adapter_model.safetensors", "pt") as file:
    note = file.metadata()
unchanged, wanted = logits(load(base)), logits(load(head))
merged = logits(PeftModel.from_pretrained(load(base), adapter).eval())
moved = max((a - b).abs().max().item() for a, b in zip(unchanged, wanted))
missed = max((a - b).abs().max().item() for a, b in zip(merged, wanted))
print(f"version {note['emend.version']}, relative error of the factors {float(note['emend.relative_error']):.1e}: "
      f"the version moved logits by up to {moved:.3f}, the adapter misses them by {missed:.1e}")
assert moved > 0.01, "the version changes nothing, so nothing was compared"
assert missed < 1e-3 + 10 * float(note["emend.relative_error"]) * moved, "the adapter is not the version"
