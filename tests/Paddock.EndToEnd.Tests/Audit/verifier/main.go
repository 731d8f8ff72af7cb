// Verifies a fetched transparency log (C2SP tlog-tiles) with Go's own implementation. Shares nothing with Paddock.
//
//	verifier DIR VKEY [OLD-CHECKPOINT]
//
// DIR holds checkpoint and tile/... as a server gives them. Everything is recomputed from the entries.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type head struct {
	size int64
	root tlog.Hash
}

// hashes are those of every complete subtree, at the positions that tlog gives them.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	read := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at < 0 || at >= int64(len(h)) {
			return nil, fmt.Errorf("no hash %d", at)
		}
		read[i] = h[at]
	}
	return read, nil
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: verifier DIR VKEY [OLD-CHECKPOINT]")
		os.Exit(2)
	}
	old := ""
	if len(os.Args) > 3 {
		old = os.Args[3]
	}
	size, tiles, err := verify(os.Args[1], os.Args[2], old)
	if err != nil {
		fmt.Fprintln(os.Stderr, "REJECTED:", err)
		os.Exit(1)
	}
	fmt.Printf("accepted: %d entries, %d tiles\n", size, tiles)
}

func verify(dir, vkey, old string) (int64, int, error) {
	key, err := note.NewVerifier(vkey)
	if err != nil {
		return 0, 0, err
	}
	now, err := open(filepath.Join(dir, "checkpoint"), key)
	if err != nil {
		return 0, 0, err
	}
	all, err := recompute(dir, now.size)
	if err != nil {
		return 0, 0, err
	}
	root, err := tlog.TreeHash(now.size, all)
	if err != nil {
		return 0, 0, err
	}
	if root != now.root {
		return 0, 0, fmt.Errorf("root of the entries is %v, signed is %v", root, now.root)
	}
	tiles, err := compare(dir, now.size, all)
	if err != nil {
		return 0, 0, err
	}
	if old != "" {
		if err := grew(old, key, now, all); err != nil {
			return 0, 0, err
		}
	}
	return now.size, tiles, nil
}

func open(file string, key note.Verifier) (head, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return head{}, err
	}
	signed, err := note.Open(text, note.VerifierList(key))
	if err != nil {
		return head{}, fmt.Errorf("checkpoint: %w", err)
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != key.Name() {
		return head{}, fmt.Errorf("checkpoint of another log, or none: %q", signed.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return head{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return head{}, fmt.Errorf("root %q", lines[2])
	}
	var hash tlog.Hash
	copy(hash[:], root)
	return head{size, hash}, nil
}

func recompute(dir string, size int64) (hashes, error) {
	var all hashes
	for first := int64(0); first < size; first += 256 {
		width := size - first
		if width > 256 {
			width = 256
		}
		path := tilePath("entries", first/256, width)
		bundle, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return nil, err
		}
		for i := int64(0); i < width; i++ {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("%s ends within entry %d", path, first+i)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			more, err := tlog.StoredHashes(first+i, bundle[2:end], all)
			if err != nil {
				return nil, err
			}
			all = append(all, more...)
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			return nil, fmt.Errorf("%s has more than %d entries", path, width)
		}
	}
	return all, nil
}

func compare(dir string, size int64, all hashes) (int, error) {
	compared := 0
	for level := 0; size>>(8*level) > 0; level++ {
		count := size >> (8 * level)
		for n := int64(0); n*256 < count; n++ {
			width := count - n*256
			if width > 256 {
				width = 256
			}
			expected, err := tlog.ReadTileData(tlog.Tile{H: 8, L: level, N: n, W: int(width)}, all)
			if err != nil {
				return 0, err
			}
			path := tilePath(strconv.Itoa(level), n, width)
			found, err := os.ReadFile(filepath.Join(dir, path))
			if err != nil {
				return 0, err
			}
			if !bytes.Equal(found, expected) {
				return 0, fmt.Errorf("%s is not what the entries give", path)
			}
			compared++
		}
	}
	return compared, nil
}

func grew(file string, key note.Verifier, now head, all hashes) error {
	old, err := open(file, key)
	if err != nil {
		return err
	}
	if old.size > now.size {
		return fmt.Errorf("log shrank from %d to %d", old.size, now.size)
	}
	root, err := tlog.TreeHash(old.size, all)
	if err != nil {
		return err
	}
	if root != old.root {
		return fmt.Errorf("NOT append-only: root at %d was %v and is %v", old.size, old.root, root)
	}
	return nil
}

// tilePath is that of C2SP tlog-tiles, which differs from the one in Go's package.
func tilePath(level string, n, width int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if width < 256 {
		path += ".p/" + strconv.FormatInt(width, 10)
	}
	return "tile/" + level + "/" + path
}
