namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Programs whose argument or input is a program.</summary>
internal static class InterpreterTable
{
    public const string Lines = """
        python,pypy interp -c:dark -m:module -V:asks --version:asks -h:asks --help:asks -u -B -E -I -s -S -O -q -v -x -i -b -d -P -R -W: -X: --check-hash-based-pycs:
        -m:timeit,-m:code,-m:codeop,-m:pdb,-m:runpy,-m:trace,-m:profile,-m:cProfile,-m:bdb,-m:idlelib,-m:asyncio,-m:IPython,-m:coverage,-m:pyinstrument dark
        node,nodejs interp +lax -e:dark -p:dark --eval:dark --print:dark -r:path --require:path --import:path --loader:path --experimental-loader:path -c:read --check:read -v:asks --version:asks -h:asks --help:asks -C: --conditions:
          --test:asks --run:asks --env-file:read --watch-path:path --test-name-pattern: --test-reporter: --test-reporter-destination:write --redirect-warnings:write --snapshot-blob:write --build-snapshot --title: --stack-trace-limit: ~data:
        tsx,ts-node,ts-node-esm,babel-node,coffee interp +lax -e:dark -p:dark --eval:dark --print:dark -r:path --require:path -P:read --project:read -O: --version:asks -v:asks
        deno menu -V:asks --version:asks -h:asks -L: -q
        deno eval,deno repl dark
        deno run interp +lax -c:read --config:read --import-map:read -L: --log-level: ~data:
        bun menu -e:dark --eval:dark -p:dark --print:dark --version:asks -v:asks --cwd:path -r:path --preload:path --filter: -F:
        bun x step --bun -p: --package: --verbose
        bun exec darkline
        perl interp -e:dark -E:dark -M:dark -m:dark -d:dark -i:inplace -n -p -a -w -W -X -T -t -c -s -S -u -U -l:maybe -0:maybe -C:maybe -F: -I:path -D: -x:maybe -v:asks -V:asks -h:asks
        ruby,jruby interp -e:dark -r:path -I:path -n -p -a -l -w -c -s -S -W:maybe -i:inplace -C:path -E: -K: -x:maybe -0:maybe -F: -v:asks --version:asks -h:asks --help:asks --yjit --jit --disable: --enable:
        irb,pry,ipython,ghci,erl,iex,scala,groovysh,jshell,gore,bpython,ptpython dark --version:asks
        php interp -r:dark -B:dark -R:dark -E:dark -z:dark -d:dark -f:read -F:read -l:asks -i:asks -v:asks -m:asks -h:asks -S:host -t:path -c:path -n -q -a -w --ini:asks --version:asks
        lua,luajit interp -e:dark -l:path -i -v:asks -W -E -j:dark -b:dark
        Rscript,R interp +lax -e:dark -f:read --file:read --version:asks
        julia interp +lax -e:dark -E:dark --eval:dark --print:dark -L:path -J:path --project:maybe -t: -p: --version:asks -v:asks
        elixir interp +lax -e:dark --eval:dark --rpc-eval:dark -r:path -S: --version:asks -v:asks
        groovy,kotlin,swift,tclsh,wish,clojure,clj,bb,racket,guile,sbcl,ocaml,runghc,runhaskell,crystal,nim,octave interp +lax -e:dark --eval:dark -c:dark --version:asks -version:asks -v:asks
        awk,gawk,mawk,nawk tool own +awk -F: -v: -f:dark -i:dark -e:dark -E:dark -l:dark -D:dark -o:write -p:write -d:write --field-separator: --assign: --file:dark --include:dark --source:dark --exec:dark --load:dark
        sed,gsed tool own +sed -n -E -r -s -z -u -e:script --expression:script -f:dark --file:dark -i:inplace --in-place:inplace -I:inplace -l: --line-length: --quiet --silent --regexp-extended --posix --null-data --separate --unbuffered --debug --sandbox
        go menu -C:path
        go run tool +long -exec:dark -toolexec:dark -C:path -modfile:read -overlay:read -o:write -tags: -ldflags: -gcflags: -p:
        go build,go test,go install,go vet,go list,go generate,go get tool +long -exec:dark -toolexec:dark -vettool:dark -o:write -C:path -modfile:read -overlay:read -tags: -ldflags: -gcflags: -p: -run: -bench: -count: -timeout: -coverprofile:write
          -cpuprofile:write -memprofile:write -blockprofile:write -mutexprofile:write -trace:write -outputdir:write -f: -skip: -cpu: -parallel: -coverpkg: -fuzz: -fuzztime: -mod: -covermode:
        go env tool -w:dark -u:dark
        go tool dark
        cargo menu --config:dark -Z:dark -C:path --manifest-path:path --color: -q -v --offline --locked --frozen --version:asks -V:asks --list:asks
        cargo watch dark
        dotnet menu -d --diagnostics --version:asks --info:asks --list-sdks:asks --list-runtimes:asks --additionalprobingpath:dark --additional-deps:dark --depsfile:dark --runtimeconfig:dark
        dotnet build,dotnet test,dotnet publish,dotnet pack,dotnet msbuild,dotnet run,dotnet restore,dotnet clean tool -o:write --output:write -c: --configuration: -f: --framework: -r: --runtime: -v: --verbosity: --filter: --project:path
          --results-directory:write --artifacts-path:write -s:host --source:host -p: ~buildevent ~custombefore ~customafter ~getproperty ~inlinetask ~usingtask
        dotnet exec interp +lax
        java,javaw tool +long -jar:read -cp: -classpath: --class-path: -javaagent:dark -agentpath:dark -agentlib:dark -version:asks ~OnError ~OnOutOfMemory ~javaagent ~agentlib ~agentpath
        rustc tool read -o:write -C: -L:path --out-dir:write --emit: ~linker= ~codegen-backend
        terraform,tofu menu -chdir:path
        ansible,ansible-playbook,ansible-console dark --version:asks
        """;
}
