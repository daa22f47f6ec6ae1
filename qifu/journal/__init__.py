"""The journal (日志): every deed of every room, one chain per county, never altered.

`deed` is the only way in. Events hold references, codes and salted hashes; free and
personal text lies in `Text` rows, which the law may order to be erased.
Serves 三（三）: figures that can be rebuilt, and an inspector who need not take our word.
May import: kernel.
"""
