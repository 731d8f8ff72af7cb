namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Programs that read, find, change and build files.</summary>
internal static class FileTable
{
    public const string Lines = """
        cat,tac,nl,rev,fold,expand,column,strings,od,hexdump,md5sum,sha1sum,sha256sum,sha512sum,cksum,b2sum,bat,batcat,zcat,xzcat,bzcat,zless,pr,fmt,tsort,comm,join,paste,cmp,look tool read
        head,tail tool read -n: -c: -s: --lines: --bytes: --pid: --sleep-interval:
        less,more,most tool read ~+! -o:write -O:write --log-file:write --LOG-FILE:write -k:dark --lesskey-file:dark --lesskey-src:dark -t: -p: -P: -x:
        wc tool read --files0-from:read
        cut tool read -d: -f: -c: -b: --delimiter: --fields: --output-delimiter:
        base64,base32,xxd tool filter -w: -s: -l: -c: -g: -n: --wrap: -i:maybe
        uniq tool filter -f: -s: -w: --skip-fields: --skip-chars:
        sort tool read -o:write --output:write --compress-program:dark -t: -k: -S: -T:path --parallel: --key: --field-separator: --buffer-size: --temporary-directory:path --files0-from:read --batch-size: --random-source:read
        split tool read --filter:line -l: -b: -n: -C: -a: --lines: --bytes: --number:
        csplit tool read -f: -b: -n:
        diff,colordiff,sdiff,diff3 tool read -U: -C: -x: -X:read -W: -I: -F: -o:write --output:write --unified:maybe --exclude: --exclude-from:read --from-file:read --to-file:read --label: -L: --diff-program:dark
        tee tool write -a -i -p
        touch tool change -r:read -t: -d: -A: --reference:read --date:
        rm,rmdir,unlink,trash,dos2unix,unix2dos tool change
        shred,mkfifo,mknod tool change -m: -s: -n: --mode: --size: --iterations: --random-source:read
        truncate tool write -s: -r:read -o -c --size: --reference:read
        mkdir tool change -m: --mode: -Z:maybe --context:maybe
        cp,gcp tool copy -S: -t:write --target-directory:write --suffix: --backup:maybe --sparse: --context:maybe
        mv,gmv tool move -S: -t:write --target-directory:write --suffix: --backup:maybe
        ln tool copy -S: -t:write --target-directory:write --suffix:
        install,ginstall tool copy -m: -o: -g: -S: -t:write --mode: --owner: --group: --target-directory:write --strip-program:dark
        chmod,chown,chgrp,chflags,chattr,setfacl tool owner --reference:read --from:
        dd tool own +ddargs
        apply_patch,applypatch tool own +patch
        patch tool path +patch -p: -i:read -o:write -d:path -r:write -e:dark --ed:dark --input:read --output:write --directory:path --strip: --reject-file:write
        tar,gtar,bsdtar tool own +tar -C:path --directory:path -f: --file: --to-command:dark --checkpoint-action:dark -I:dark --use-compress-program:dark --rsh-command:dark --rmt-command:dark -F:dark --info-script:dark
          --new-volume-script:dark -T:read --files-from:read -X:read --exclude-from:read --exclude: --transform: --strip-components: --owner: --group: --mtime: --warning: -b: -H: --format: -g:write --listed-incremental:write
          -K: -L: -N: -V: --index-file:write --one-top-level:write --use-compress-prog:dark
        zip tool pack -TT:dark --unzip-command:dark -x: -i: -b:path -P: -n: -t: -tt: -O:write --output-file:write
        unzip,7z,7za,unrar tool read -d:write -P: -x: -o -p -l
        gzip,gunzip,bzip2,bunzip2,xz,unxz,zstd,unzstd,lz4,compress,uncompress tool change -S: -T: -o:write --suffix:
        cpio tool -o -i -p -I:read -O:write -F:path -D:path --rsh-command:dark --to-command:dark
        find,gfind tool path +long -exec:command -execdir:command -ok:command -okdir:command -delete:deletes -fprint:write -fprint0:write -fls:write -fprintf:write -files0-from:read -name:path -iname:path -path:path -ipath:path -wholename:path -regex:
          -iregex: -regextype: -type: -xtype: -maxdepth: -mindepth: -size: -mtime: -mmin: -atime: -amin: -ctime: -cmin: -newer:read -perm: -user: -group: -uid: -gid: -links: -inum: -samefile:read -fstype: -printf: -lname: -ilname:
          -newermt: -used: -context:
        fd,fdfind tool pattern +adds -x:command -X:command --exec:command --exec-batch:command -e: -t: -d: -E: -g -c: -S: -o: --extension: --type: --max-depth: --min-depth: --exclude: --glob --color: --size: --changed-within: --changed-before:
          --ignore-file:read --base-directory:path --search-path:path --threads: -j: --and: --max-results:
        grep,egrep,fgrep,ggrep,zgrep tool pattern -e: -f:read -A: -B: -C: -m: -d: -D: --regexp: --file:read --include:path --exclude: --exclude-dir: --exclude-from:read --max-count: --context: --after-context: --before-context: --color:maybe --label: --binary-files:
        rg tool pattern --pre:dark --pre-glob: --hostname-bin:dark -e: -f:read -g:path -t: -T: -A: -B: -C: -m: -M: -j: -r: -E: -d: --regexp: --file:read --glob:path --iglob:path --type: --type-not: --type-add: --max-count: --max-depth: --context: --after-context: --before-context:
          --replace: --sort: --sortr: --color: --colors: --ignore-file:read --max-columns: --max-filesize: --engine: --encoding: --threads:
        ag,ack tool pattern --pager:dark --ackrc:dark -A: -B: -C: -G: -m: --ignore: --ignore-dir: --type: --max-count:
        ls,dir,exa,eza,lsd,du,df,stat,file,realpath,readlink,dirname,basename,namei,lsof tool path -I: -w: -T: -d: -L: -o: --sort: --time: --format: --printf: --max-depth: --exclude: -c: --level:
        tree tool path -L: -I: -P: -o:write --filelimit:
        man,info tool -P:dark --pager:dark -H:dark --html:dark -C:dark --config-file:dark
        jq,gojq,jaq tool pattern -f:read --from-file:read -L:path --indent:
        yq tool pattern -i:inplace --inplace:inplace -s:dark --split-exp:dark -f:maybe --from-file:read -o: -p: -P --output-format: --input-format: --indent: -I:
        iconv tool read -f: -t: -o:write --from-code: --to-code: --output:write
        xmllint,xsltproc tool read --output:write -o:write --xpath: --schema:read --stringparam:
        make,gmake,nmake tool -f:read -C:path --file:read --makefile:read --directory:path -I:path -j:maybe -l:maybe -o: -W: --eval:dark -E:dark --jobs:maybe --include-dir:path ~$( ~` ~SHELL= ~MAKEFLAGS= ~.SHELLFLAGS
        ninja tool -C:path -f:read -j: -k: -l: -t: -d: -w:
        cmake tool -S:path -B:path -P:dark -E:dark -C:read -G: -D: -A: -T: --build:path --install:path --preset: --target: -t: --config: -j: --parallel:maybe --toolchain:read --prefix:path --trace-redirect:write --graphviz:write
        ctest tool --test-dir:path -R: -E: -L: -j: -C: -S:dark -SP:dark --script:dark --build-and-test:dark --output-log:write -O:write -D:
        gcc,g++,cc,c++,clang,clang++ tool read +long -o:write -wrapper:dark -specs:dark -fplugin:dark -B:dark -load:dark -MF:write -MT: -MQ: -I:path -L:path -D: -U: -include:read -isystem:path -x: -Xclang: -T:read
        ld,ld.lld,gold tool read -o:write -plugin:dark --plugin:dark -T:read
        patchelf,objcopy,strip,ar,ranlib tool change
        sqlite3 tool path +dotted -cmd:dark -init:dark ~writefile ~load_extension ~edit(
        psql tool -c: -f:read -h:host -p: -U: -d: -o:write --command: --file:read --host:host --output:write -L:write --log-file:write -v: --set: ~\ ~program ~pg_read ~lo_import ~lo_export
        mysql,mariadb tool -e: --execute: -h:host --host:host --tee:write --pager:dark ~\ ~system ~source ~outfile ~dumpfile ~load_file ~infile ~tee ~pager ~edit
        """;
}
